/** What a company proves its answers with: files that arrive in pieces, and what they are used for. */
import { answer, client } from './http'
import type { components } from './schema'
import type { Id } from './types'

type Schemas = components['schemas']

export type Evidence = Schemas['EvidenceOutput']
export type EvidencePage = Schemas['EvidencePageOutput']
export type SentFile = Schemas['UploadOutput']
export type Piece = Schemas['PieceOutput']
export interface EvidenceWords { title: string; dated_on: string | null; expires_on: string | null }

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
export const useEvidenceFor = (id: Id, evidence: number, code: string) =>
  answer<Evidence>(client.PUT('/api/v1/assessments/{id}/evidence/{evidence}/uses/{code}', { params: use(id, evidence, code) }))
export const dropEvidenceUse = (id: Id, evidence: number, code: string) =>
  answer<Evidence>(client.DELETE('/api/v1/assessments/{id}/evidence/{evidence}/uses/{code}', { params: use(id, evidence, code) }))
export const changeEvidence = (draft: Id, evidence: number, words: EvidenceWords) =>
  answer<Evidence>(client.PATCH('/api/v1/evidence/{id}', { params: at(evidence), body: { ...words, draft: Number(draft) } }))
export const removeEvidence = (evidence: number) => answer<void>(client.DELETE('/api/v1/evidence/{id}', { params: at(evidence) }))
export const evidenceFile = (evidence: number): string => `/api/v1/evidence/${evidence}/file`
