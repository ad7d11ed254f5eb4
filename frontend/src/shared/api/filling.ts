/** A company's own side: the form that is being filled in, and where the case stands. */
import { answer, client } from './http'
import type { components } from './schema'
import type { Clause, Id, Programme } from './types'

type Schemas = components['schemas']

export type Form = Schemas['FormOutput']
export type FormSection = Schemas['FormSectionOutput']
export type FormField = Schemas['FormFieldOutput']
export type FormAnswer = Schemas['FormAnswerOutput']
export type SavedChange = Schemas['SavedChangeOutput']
export type SavedChanges = Schemas['SavedOutput']
export type Live = Omit<Schemas['LiveOutput'], 'programmes' | 'capability'> & { programmes: Programme[]; capability: Clause[] }
export type ChecklistItem = Schemas['ChecklistItemOutput']
export type MyRound = Schemas['MyRoundOutput']
export type Standing = Schemas['StandingOutput']
export type Comparison = Schemas['ComparisonOutput']
export type Difference = Schemas['DifferenceOutput']
export type Peers = Schemas['PeersAnswerOutput']
export type Spread = Schemas['SpreadOutput']
export type PeerTrait = Schemas['PeerTraitOutput']
export type Years = Schemas['YearsOutput']
export type Year = Schemas['YearOutput']
export type RulesBetween = Schemas['RulesBetweenOutput']
export type YearlyIndicator = Schemas['YearlyIndicatorOutput']

/** One edit as the server takes it. */
interface SentEdit { key: string; code: string; value: unknown; base: number | null }

const at = (id: Id) => ({ path: { id: Number(id) } })
const once = (key: string) => ({ 'Idempotency-Key': key })

export const fetchMyRounds = () => answer<MyRound[]>(client.GET('/api/v1/my/rounds'))
export const startAssessment = (round: Id) => answer<{ id: number }>(client.POST('/api/v1/rounds/{id}/assessments', { params: at(round) }))
export const fetchForm = (id: Id) => answer<Form>(client.GET('/api/v1/assessments/{id}/form', { params: at(id) }))
export const fetchLive = (id: Id) => answer<Live>(client.GET('/api/v1/assessments/{id}/live', { params: at(id) }))
export const saveAnswers = (id: Id, edits: SentEdit[], { keepalive = false, source = 'form' as 'form' | 'excel' | 'what_if' } = {}) => {
  const changes = edits.map(({ key, code, value, base }) => ({ key, code, value, base: base ?? 0 }))
  return answer<SavedChanges>(client.PATCH('/api/v1/assessments/{id}/answers', { params: at(id), body: { changes: changes as never, source }, keepalive }))
}
export const compareWorkbook = (id: Id, file: File) =>
  answer<Comparison>(client.POST('/api/v1/assessments/{id}/form/workbook', {
    params: at(id),
    body: { file: '' },
    bodySerializer: () => {
      const form = new FormData()
      form.append('file', file)
      return form
    },
  }))
export const fetchStanding = (id: Id) => answer<Standing>(client.GET('/api/v1/assessments/{id}/standing', { params: at(id) }))
export const submitAssessment = (id: Id, body: { signed_name: string; agreed: boolean }, key: string) =>
  answer<Standing>(client.POST('/api/v1/assessments/{id}/submit', { params: at(id), body, headers: once(key) }))
export const takeBack = (id: Id, key: string) =>
  answer<Standing>(client.POST('/api/v1/assessments/{id}/take-back', { params: at(id), headers: once(key) }))
export const discardDraft = (id: Id, key: string) =>
  answer<{ id: number; state: string }>(client.POST('/api/v1/assessments/{id}/discard', { params: at(id), headers: once(key) }))
export const fetchPeers = (id: Id) => answer<Peers>(client.GET('/api/v1/assessments/{id}/peers', { params: at(id) }))
export const fetchYears = (id: Id) => answer<Years>(client.GET('/api/v1/assessments/{id}/years', { params: at(id) }))
