/** What a company proves its answers with: files that arrive in pieces, and what they are used for. */
import { answer, client } from './http'
import type { components } from './schema'
import type { Action, Id } from './types'

type Schemas = components['schemas']

export type Evidence = Omit<Schemas['EvidenceOutput'], 'actions'> & { actions: Action[] }
export type EvidencePage = Omit<Schemas['EvidencePageOutput'], 'actions' | 'items'> & { actions: Action[]; items: Evidence[] }
export type SentFile = Schemas['UploadOutput']
export type Piece = Omit<Schemas['PieceOutput'], 'evidence'> & { evidence: Evidence | null }
export interface EvidenceWords { title: string; dated_on: string | null; expires_on: string | null }

export const isUsedFor = (evidence: Evidence, code: string): boolean => evidence.uses.some((use) => use.code === code)
/** Whether the API offers this move now. */
export const may = (of: { actions: Action[] } | undefined, name: string): boolean => of?.actions.some((one) => one.name === name && one.enabled) ?? false

const at = (id: Id) => ({ path: { id: Number(id) } })
const use = (id: Id, evidence: number, code: string) => ({ path: { id: Number(id), evidence, code } })

export const fetchEvidence = (id: Id) => answer<EvidencePage>(client.GET('/api/v1/assessments/{id}/evidence', { params: at(id) }))
export const startUpload = (id: Id, body: { name: string; size: number; code: string; mark: string }) =>
  answer<SentFile>(client.POST('/api/v1/assessments/{id}/evidence/uploads', { params: at(id), body }))
export const fetchUpload = (key: string) => answer<SentFile>(client.GET('/api/v1/uploads/{key}', { params: { path: { key } } }))
export const sendPiece = (key: string, offset: number, data: Blob, signal: AbortSignal) =>
  answer<Piece>(client.PATCH('/api/v1/uploads/{key}', {
    params: { path: { key }, query: { offset } },
    body: '',
    bodySerializer: () => data,
    headers: { 'Content-Type': 'application/octet-stream' },
    signal,
  }))
export const cancelUpload = (key: string) => answer<void>(client.DELETE('/api/v1/uploads/{key}', { params: { path: { key } } }))
/** Without a note the one that is there stays. */
export const useEvidenceFor = (id: Id, evidence: number, code: string, note?: string) =>
  answer<Evidence>(client.PUT('/api/v1/assessments/{id}/evidence/{evidence}/uses/{code}', { params: use(id, evidence, code), body: { note } }))
export const dropEvidenceUse = (id: Id, evidence: number, code: string) =>
  answer<Evidence>(client.DELETE('/api/v1/assessments/{id}/evidence/{evidence}/uses/{code}', { params: use(id, evidence, code) }))
export const changeEvidence = (draft: Id, evidence: number, words: EvidenceWords) =>
  answer<Evidence>(client.PATCH('/api/v1/evidence/{id}', { params: at(evidence), body: { ...words, draft: Number(draft) } }))
/** `uses` is how many uses the person was shown: one more since then, and nothing goes. */
export const removeEvidence = (evidence: number, uses: number) => answer<void>(client.DELETE('/api/v1/evidence/{id}', { params: { ...at(evidence), query: { uses } } }))
export const evidenceFile = (evidence: number): string => `/api/v1/evidence/${evidence}/file`
