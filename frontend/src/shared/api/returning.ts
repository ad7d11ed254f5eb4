/** An office reads what was handed in and sends it back; the firm reads the notes and answers them (E23). */
import type { Evidence } from './evidence'
import { answer, client } from './http'
import type { components } from './schema'
import type { Action, Id } from './types'

type Schemas = components['schemas']

export type Proof = Schemas['ProofOutput']
export type Told = Schemas['ToldOutput']
export type ReturnNote = Schemas['ReturnNoteOutput']
export type Return = Schemas['ReturnOutput']
export type ReturnReason = Schemas['ReturnReasonOutput']
export type ReviewFact = Schemas['ReviewFieldOutput']
export type ReviewSection = Schemas['ReviewSectionOutput']
export type Review = Omit<Schemas['ReviewOutput'], 'actions' | 'evidence'> & { actions: Action[]; evidence: Evidence[] }
export type NoteInput = Schemas['NoteInputRequest']
export type ReturnInput = Schemas['ReturnInputRequest']

const at = (id: Id) => ({ path: { id: Number(id) } })
const once = (key: string) => ({ 'Idempotency-Key': key })

export const fetchReview = (id: Id) => answer<Review>(client.GET('/api/v1/assessments/{id}/review', { params: at(id) }))
export const sendBack = (id: Id, body: ReturnInput, key: string) =>
  answer<Review>(client.POST('/api/v1/assessments/{id}/send-back', { params: at(id), body, headers: once(key) }))
export const takeUp = (id: Id, key: string) => answer<Review>(client.POST('/api/v1/assessments/{id}/take-up', { params: at(id), headers: once(key) }))
/** The firm's own: newest first, each note with what stood there and what stands there now. */
export const fetchReturns = (id: Id) => answer<Return[]>(client.GET('/api/v1/assessments/{id}/returns', { params: at(id) }))
export const replyTo = (id: Id, code: string, body: Schemas['ReplyInputRequest'], { keepalive = false } = {}) =>
  answer<Return>(client.PUT('/api/v1/assessments/{id}/returns/notes/{code}', { params: { path: { id: Number(id), code } }, body, keepalive }))
