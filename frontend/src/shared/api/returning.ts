/** 退回补正: what an office reads and sends back, and what the firm answers. */
import { answer, client } from './http'
import type { components } from './schema'
import type { Id } from './types'

type Schemas = components['schemas']

export type Review = Schemas['ReviewOutput']
export type ReviewSection = Schemas['ReviewSectionOutput']
export type ReviewField = Schemas['ReviewFieldOutput']
export type ReturnReason = Schemas['ReturnReasonOutput']
export type NewNote = Schemas['NoteInputRequest']
export type Return = Schemas['ReturnOutput']
export type ReturnNote = Schemas['ReturnNoteOutput']
export type Told = Schemas['ToldOutput']
export type Proof = Schemas['ProofOutput']

const at = (id: Id) => ({ path: { id: Number(id) } })
const once = (key: string) => ({ 'Idempotency-Key': key })

export const fetchReview = (id: Id) => answer<Review>(client.GET('/api/v1/assessments/{id}/review', { params: at(id) }))
export const sendBack = (id: Id, body: { until: string; notes: NewNote[] }, key: string) =>
  answer<Review>(client.POST('/api/v1/assessments/{id}/send-back', { params: at(id), body, headers: once(key) }))
export const takeUp = (id: Id, key: string) => answer<Review>(client.POST('/api/v1/assessments/{id}/take-up', { params: at(id), headers: once(key) }))
export const fetchReturns = (id: Id) => answer<Return[]>(client.GET('/api/v1/assessments/{id}/returns', { params: at(id) }))
export const replyTo = (id: Id, code: string, body: { reply: string; version: number }, { keepalive = false } = {}) =>
  answer<Return>(client.PUT('/api/v1/assessments/{id}/returns/notes/{code}', { params: { path: { id: Number(id), code } }, body, keepalive }))
