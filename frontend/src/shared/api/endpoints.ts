import { cookie, get, post, request } from './http'
import type {
  Assessment, CertificateRow, EnterpriseHome, Home, Id, Job, Me, Page, PinnedRulebook, Placement, Plan, Pool, Problem,
  Publication, PublicationBrief, Round, RoundBrief, Site, Verdict,
} from './types'

const api = '/api/v1'
const auth = '/_allauth/browser/v1'

export interface NewRound { name: string; kind: string; assessed_on: string; stages: string[]; is_trial: boolean }
export interface ProblemFilter { severity?: string; q?: string; cursor?: string }
export interface PlacementFilter { round?: Id; tier?: string; track?: string; status?: string; region?: string; q?: string; cursor?: string }

export const fetchSite = () => get<Site>(`${api}/site`)
export const fetchMe = () => get<Me>(`${api}/me`)
export const fetchHome = () => get<Home>(`${api}/home`)
export const fetchEnterprise = () => get<EnterpriseHome>(`${api}/enterprise`)

/** Login needs the CSRF cookie; asking for the session sets it (and answers 401 to a stranger, by design). */
export async function login(username: string, password: string): Promise<void> {
  if (!cookie('csrftoken')) await get(`${auth}/auth/session`).catch(() => null)
  await post(`${auth}/auth/login`, { username, password })
}
export const logout = () => request<void>('DELETE', `${auth}/auth/session`).catch((error) => {
  if (error.status !== 401) throw error
})

export const fetchRounds = () => get<Page<RoundBrief>>(`${api}/rounds`)
export const fetchRound = (id: Id) => get<Round>(`${api}/rounds/${id}`)
export const createRound = (round: NewRound, key: string) => post<Round>(`${api}/rounds`, round, key)
export const previewRulebooks = (kind: string, on: string) => get<PinnedRulebook[]>(`${api}/rulebooks/in-force`, { kind, on })
export const runRoundAction = (id: Id, name: string, input: object, key: string) =>
  post<Round | { job: Job }>(`${api}/rounds/${id}/actions/${name}`, input, key)
export function uploadWorkbook(id: Id, file: File): Promise<{ job: Job }> {
  const form = new FormData()
  form.append('file', file)
  return request('POST', `${api}/rounds/${id}/workbook`, { form })
}
export const fetchProblems = (id: Id, filter: ProblemFilter) => get<Page<Problem>>(`${api}/rounds/${id}/problems`, { ...filter })
export const fetchPool = (id: Id) => get<Pool>(`${api}/rounds/${id}/pool`)
export const fetchPlacements = (filter: PlacementFilter) => get<Page<Placement>>(`${api}/placements`, { ...filter })
export const fetchRoundList = (id: Id) => get<Publication>(`${api}/rounds/${id}/list`)
export const fetchCertificates = (round: Id, cursor?: string) => get<Page<CertificateRow>>(`${api}/certificates`, { round, cursor })

export const fetchJob = (id: Id) => get<Job>(`${api}/jobs/${id}`)
export const cancelJob = (id: Id) => post<Job>(`${api}/jobs/${id}/cancel`)

export const fetchAssessment = (id: Id) => get<Assessment>(`${api}/assessments/${id}`)
export const runAssessmentAction = (id: Id, name: string, input: object, key: string) =>
  post<Assessment>(`${api}/assessments/${id}/actions/${name}`, input, key)
export const fetchPlan = (id: Id) => get<Plan>(`${api}/plans/${id}`)
export const runPlanAction = (id: Id, name: string, input: object, key: string) =>
  post<Plan>(`${api}/plans/${id}/actions/${name}`, input, key)

export const fetchPublicLists = () => get<Page<PublicationBrief>>(`${api}/public/lists`)
export const fetchPublicList = (id: Id) => get<Publication>(`${api}/public/lists/${id}`)
export const checkToken = (token: string) => get<Verdict>(`${api}/public/check/${encodeURIComponent(token)}`)
export function checkFile(file: File): Promise<Verdict> {
  const form = new FormData()
  form.append('file', file)
  return request('POST', `${api}/public/check`, { form })
}
