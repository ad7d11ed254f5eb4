/** What stands out in a round, and old results made again. */
import { answer, client } from './http'
import type { components } from './schema'
import type { Action, Firm, Id, Job, Page } from './types'

type Schemas = components['schemas']

export type CityMean = Omit<Schemas['CityMeanOutput'], 'bounds'> & { bounds: [number, number] | null }
export type Reviewer = Omit<Schemas['ReviewerOutput'], 'bounds'> & { bounds: [number, number] | null }
export type Stability = Schemas['StabilityOutput']
export type WatchFinding = Schemas['WatchFindingOutput']
export type Watch = Omit<Schemas['WatchOutput'], 'cities' | 'reviewers' | 'job' | 'can_start'> & { cities: CityMean[]; reviewers: Reviewer[]; job: Job | null; can_start: Action }
export type Verification = Omit<Schemas['VerificationOutput'], 'job'> & { job: Job | null }
export type VerificationFinding = Schemas['VerificationFindingOutput']
export type VerificationChoices = Omit<Schemas['VerificationChoicesOutput'], 'can_start'> & { can_start: Action }

type Words = Record<string, Id | undefined>
const at = (id: Id) => ({ path: { id: Number(id) } })
const query = (words: Words) => ({ query: words as never })
const once = (key: string) => ({ 'Idempotency-Key': key })

export const fetchWatch = (round: Id) => answer<Watch>(client.GET('/api/v1/rounds/{id}/watch', { params: at(round) }))
export const startWatch = (round: Id, against: number | null, key: string) =>
  answer<Job>(client.POST('/api/v1/rounds/{id}/watch', { params: at(round), body: { against }, headers: once(key) }))
export const fetchWatchFindings = (round: Id, words: Words) =>
  answer<Page<WatchFinding>>(client.GET('/api/v1/rounds/{id}/watch/findings', { params: { ...at(round), ...query(words) } }))
/** An empty region means firms whose region isn't given, so it is sent as it stands. */
export const fetchWatchFirms = (round: Id, words: Words) =>
  answer<Page<Firm>>(client.GET('/api/v1/rounds/{id}/watch/firms', { params: { ...at(round), ...query(words) } }))

export const fetchVerificationChoices = () => answer<VerificationChoices>(client.GET('/api/v1/verifications/choices'))
export const fetchVerifications = (words: Words) => answer<Page<Verification>>(client.GET('/api/v1/verifications', { params: query(words) }))
export const startVerification = (round: number | null, key: string) =>
  answer<Verification>(client.POST('/api/v1/verifications', { body: { round }, headers: once(key) }))
export const fetchVerificationFindings = (id: Id, words: Words) =>
  answer<Page<VerificationFinding>>(client.GET('/api/v1/verifications/{id}/findings', { params: { ...at(id), ...query(words) } }))
