import { answer, client } from './http'
import type {
  ApplicableRules, Assessment, Certificate, Firm, HolidayTable, Home, Id, Indicator, Job, Me, MovePaths, Outlook, Page, PinnedRulebook, Placement, Plan, PlanBrief, Pool, Problem, PublicList,
  Round, RoundBrief, RoundList, RulebookCatalogue, RulebookDocument, Site, Verdict, WhatIf, WhatIfPage,
} from './types'

/** Filters come from the address bar as plain words; the server refuses what it does not know. */
type Words = Record<string, Id | undefined>
export interface NewRound { name: string; kind: 'new' | 'renewal'; assessed_on: string; stages: ['import'] | ['filling']; is_trial: boolean; filling_from?: string; filling_until?: string }

const at = (id: Id) => ({ path: { id: Number(id) } })
const move = (id: Id, name: string) => ({ path: { id: Number(id), name } })
const query = (words: Words) => ({ query: words as never })
const once = (key: string) => ({ 'Idempotency-Key': key })
const asForm = (file: File) => ({
  body: { file: '' },
  bodySerializer: () => {
    const form = new FormData()
    form.append('file', file)
    return form
  },
})

export const fetchSite = () => answer<Site>(client.GET('/api/v1/site'))
export const fetchMe = () => answer<Me>(client.GET('/api/v1/me'))
export const fetchHome = () => answer<Home>(client.GET('/api/v1/home'))

export const fetchRounds = () => answer<Page<RoundBrief>>(client.GET('/api/v1/rounds'))
export const fetchRound = (id: Id) => answer<Round>(client.GET('/api/v1/rounds/{id}', { params: at(id) }))
export const createRound = (body: NewRound, key: string) => answer<RoundBrief>(client.POST('/api/v1/rounds', { body, headers: once(key) }))
export const moveDeadline = (id: Id, until: string) =>
  answer<RoundBrief>(client.POST('/api/v1/rounds/{id}/deadline', { params: at(id), body: { until } }))
export const setTimetable = (id: Id, days: Record<string, string | null>) =>
  answer<RoundBrief>(client.POST('/api/v1/rounds/{id}/timetable', { params: at(id), body: { days } }))
export const fetchHolidayTable = () => answer<HolidayTable>(client.GET('/api/v1/public/holiday-table'))
export const previewRulebooks = (kind: string, on: string) =>
  answer<PinnedRulebook[]>(client.GET('/api/v1/rulebooks/in-force', { params: query({ kind, on }) }))
export const runRoundAction = (id: Id, name: string, key: string) =>
  answer<Round>(client.POST('/api/v1/rounds/{id}/actions/{name}', { params: move(id, name), headers: once(key) }))
export const uploadWorkbook = (id: Id, file: File) =>
  answer<{ job: Job }>(client.POST('/api/v1/rounds/{id}/workbook', { params: at(id), ...asForm(file) }))
export const fetchProblems = (id: Id, words: Words) =>
  answer<Page<Problem>>(client.GET('/api/v1/rounds/{id}/problems', { params: { ...at(id), ...query(words) } }))
export const fetchPool = (id: Id) => answer<Pool>(client.GET('/api/v1/rounds/{id}/pool', { params: at(id) }))
export const fetchRoundList = (id: Id) => answer<RoundList>(client.GET('/api/v1/rounds/{id}/list', { params: at(id) }))

export const fetchPlacements = (words: Words) => answer<Page<Placement>>(client.GET('/api/v1/placements', { params: query(words) }))
export const fetchFirms = (words: Words) => answer<Page<Firm>>(client.GET('/api/v1/assessments', { params: query(words) }))
export const fetchAssessment = (id: Id) => answer<Assessment>(client.GET('/api/v1/assessments/{id}', { params: at(id) }))

export const fetchWhatIf = (id: Id) => answer<WhatIfPage>(client.GET('/api/v1/assessments/{id}/what-if', { params: at(id) }))
export const tryChanges = (id: Id, body: { changes: Record<string, unknown>; detail: string[] }, signal?: AbortSignal) =>
  answer<WhatIf>(client.POST('/api/v1/assessments/{id}/what-if', { params: at(id), body: body as never, signal }))
export const fetchMoves = (id: Id) => answer<MovePaths>(client.GET('/api/v1/assessments/{id}/moves', { params: at(id) }))

export const keepScenario = (id: Id, body: { name: string; changes: Record<string, unknown> }, key: string) =>
  answer(client.POST('/api/v1/assessments/{id}/scenarios', { params: at(id), body: body as never, headers: once(key) }))
export const removeScenario = (id: Id) => answer(client.DELETE('/api/v1/scenarios/{id}', { params: at(id) }))

export const fetchPlans = (words: Words) => answer<Page<PlanBrief>>(client.GET('/api/v1/plans', { params: query(words) }))
export const fetchPlan = (id: Id) => answer<Plan>(client.GET('/api/v1/plans/{id}', { params: at(id) }))
export const runPlanAction = (id: Id, name: string, key: string) =>
  answer<Plan>(client.POST('/api/v1/plans/{id}/actions/{name}', { params: move(id, name), headers: once(key) }))

export const fetchCertificates = (words: Words) => answer<Page<Certificate>>(client.GET('/api/v1/certificates', { params: query(words) }))
export const settleTaking = (id: Id, move: string, body: { reason: string }, key: string) =>
  answer<Certificate>(client.POST('/api/v1/certificates/{id}/actions/{move}_taking', { params: { path: { id: Number(id), move } }, body, headers: once(key) }))
export const revokeCertificate = (id: Id, body: { reason: string }, key: string) =>
  answer<Certificate>(client.POST('/api/v1/certificates/{id}/actions/revoke', { params: at(id), body, headers: once(key) }))

export const fetchJob = (id: Id) => answer<Job>(client.GET('/api/v1/jobs/{id}', { params: at(id) }))
export const cancelJob = (id: Id) => answer<Job>(client.POST('/api/v1/jobs/{id}/actions/cancel', { params: at(id) }))

export const fetchRulebooks = () => answer<RulebookCatalogue>(client.GET('/api/v1/public/rulebooks'))
export const fetchRulebook = (scheme: string, version: string) =>
  answer<RulebookDocument>(client.GET('/api/v1/public/rulebooks/{scheme}/{version}', { params: { path: { scheme, version } } }))
export const fetchApplicable = (words: Words) => answer<ApplicableRules>(client.GET('/api/v1/public/rulebooks/applicable', { params: query(words) }))

export const fetchIndicators = () => answer<Indicator[]>(client.GET('/api/v1/public/indicators'))
export interface TryQuestion { facts: Record<string, unknown>; on: string; kind: 'new' | 'renewal'; region: string; detail: string[] }
export const tryScore = (body: TryQuestion, signal?: AbortSignal) => answer<Outlook>(client.POST('/api/v1/try', { body: body as never, signal }))

export const fetchPublicLists = () => answer<Page<PublicList>>(client.GET('/api/v1/public/lists'))
export const fetchPublicList = (id: Id) => answer<RoundList>(client.GET('/api/v1/public/lists/{id}', { params: at(id) }))
export const checkToken = (token: string) => answer<Verdict>(client.GET('/api/v1/public/check/{token}', { params: { path: { token } } }))
export const checkFile = (file: File) => answer<Verdict>(client.POST('/api/v1/public/check', asForm(file)))
