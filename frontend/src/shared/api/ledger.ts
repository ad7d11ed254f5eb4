/** A company's own ledger of rights: lists that it brings, rows that it writes, and what each right counts for. */
import { answer, client } from './http'
import type { components } from './schema'
import type { Counting, Id, Page } from './types'

type Schemas = components['schemas']

export type OwnRight = Omit<Schemas['OwnRightOutput'], 'counting' | 'facts' | 'standing'> & { counting: Record<string, Counting>; standing: Counting['outcome']; facts: RightFacts }
export type Ledger = Schemas['LedgerOutput']
/** What a list of rights is narrowed to, as it stands in the address. */
export type RightFilter = Partial<Record<'standing' | 'kind' | 'state' | 'q' | 'unconfirmed' | 'claimed' | 'cursor', string>>
export type LedgerCount = Schemas['LedgerCountOutput']
export type LedgerPreview = Schemas['LedgerPreviewOutput']
export type LedgerDifference = Schemas['LedgerDifferenceOutput']
export type LedgerProblem = Schemas['LedgerProblemOutput']
export type RightValues = Schemas['RightInputRequest']
/** What a rulebook may ask beyond the columns; what is absent is not known. */
export interface RightFacts {
  family?: string[]
  awards?: string[]
  pledge?: number
  obtained?: string
  transferred_on?: string
  holder_rank?: number
  related?: boolean
  in_use?: boolean
  emerging?: boolean
  used_in_hnte?: boolean
  overseas_revenue?: boolean
}
export interface Accepted { base: number; leave: string[]; remove: string[] }

const at = (id: Id) => ({ path: { id: Number(id) } })
const one = (id: Id, right: number) => ({ path: { id: Number(id), right } })

function formOf(file: File, more: Partial<Accepted> = {}): FormData {
  const form = new FormData()
  form.append('file', file)
  for (const [name, value] of Object.entries(more)) [value].flat().forEach((part) => form.append(name, String(part)))
  return form
}

export const fetchLedger = (id: Id) => answer<Ledger>(client.GET('/api/v1/assessments/{id}/ledger', { params: at(id) }))
export const fetchRights = (id: Id, filter: RightFilter, size: number) =>
  answer<Page<OwnRight>>(client.GET('/api/v1/assessments/{id}/rights', { params: { ...at(id), query: { ...filter, size } as never } }))
export const previewLedger = (id: Id, file: File) =>
  answer<LedgerPreview>(client.POST('/api/v1/assessments/{id}/ledger/preview', { params: at(id), body: { file: '' }, bodySerializer: () => formOf(file) }))
export const importLedger = (id: Id, file: File, accepted: Accepted, key: string) =>
  answer<Ledger>(client.POST('/api/v1/assessments/{id}/ledger/imports', {
    params: at(id), body: { file: '', ...accepted }, bodySerializer: () => formOf(file, accepted), headers: { 'Idempotency-Key': key },
  }))
export const confirmLedger = (id: Id) => answer<Ledger>(client.POST('/api/v1/assessments/{id}/ledger/confirm', { params: at(id) }))
export const clearLedger = (id: Id) => answer<Ledger>(client.DELETE('/api/v1/assessments/{id}/ledger', { params: at(id) }))
export const addRight = (id: Id, body: RightValues, key: string) =>
  answer<Ledger>(client.POST('/api/v1/assessments/{id}/ledger/rights', { params: at(id), body, headers: { 'Idempotency-Key': key } }))
export const changeRight = (id: Id, right: number, body: RightValues, base: number) =>
  answer<Ledger>(client.PATCH('/api/v1/assessments/{id}/ledger/rights/{right}', { params: one(id, right), body: { ...body, base } }))
export const removeRight = (id: Id, right: number) =>
  answer<Ledger>(client.DELETE('/api/v1/assessments/{id}/ledger/rights/{right}', { params: one(id, right) }))
