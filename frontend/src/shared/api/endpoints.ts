import { cookie, get, post, request } from './http'
import type {
  Assessment, Certificate, Firm, Home, Id, Job, Me, Page, PinnedRulebook, Placement, Plan, PlanBrief, Pool, Problem, PublicList,
  Round, RoundBrief, RoundList, Site, Verdict,
} from './types'

const api = '/api/v1'
const auth = '/_allauth/browser/v1'

export interface NewRound { name: string; kind: string; assessed_on: string; stages: string[]; is_trial: boolean }
export interface ProblemFilter { severity?: string; q?: string; cursor?: string }
export interface PlacementFilter { round?: Id; tier?: string; track?: string; standing?: string; region?: string; q?: string; cursor?: string }
export interface PlanFilter { round?: Id; assessment?: Id; state?: string; cursor?: string }
export interface CertificateFilter { round?: Id; uscc?: string; cursor?: string }
export interface FirmFilter { round?: Id; level?: string; q?: string; cursor?: string }

export const fetchSite = () => get<Site>(`${api}/site`)
export const fetchMe = () => get<Me>(`${api}/me`)
export const fetchHome = () => get<Home>(`${api}/home`)

/** Login needs the CSRF cookie; asking for the session sets it (and answers 401 to a stranger, by design). */
export async function login(username: string, password: string): Promise<void> {
  if (!cookie('csrftoken')) await get(`${auth}/auth/session`).catch(() => null)
  await post(`${auth}/auth/login`, { username, password })
}
/** allauth answers 401 once the session is gone, which is what was asked for. */
export const logout = () => request<void>('DELETE', `${auth}/auth/session`).catch((error) => {
  if (error.status !== 401) throw error
})

export const fetchRounds = () => get<Page<RoundBrief>>(`${api}/rounds`)
export const fetchRound = (id: Id) => get<Round>(`${api}/rounds/${id}`)
export const createRound = (round: NewRound, key: string) => post<Round>(`${api}/rounds`, round, key)
export const previewRulebooks = (kind: string, on: string) => get<PinnedRulebook[]>(`${api}/rulebooks/in-force`, { kind, on })
export const runRoundAction = (id: Id, name: string, input: object, key: string) =>
  post<Round>(`${api}/rounds/${id}/actions/${name}`, input, key)

const withFile = <T>(path: string, file: File): Promise<T> => {
  const form = new FormData()
  form.append('file', file)
  return request('POST', path, { form })
}
export const uploadWorkbook = (id: Id, file: File) => withFile<{ job: Job }>(`${api}/rounds/${id}/workbook`, file)
export const fetchProblems = (id: Id, filter: ProblemFilter) => get<Page<Problem>>(`${api}/rounds/${id}/problems`, { ...filter })
export const fetchPool = (id: Id) => get<Pool>(`${api}/rounds/${id}/pool`)
export const fetchPlacements = (filter: PlacementFilter) => get<Page<Placement>>(`${api}/placements`, { ...filter })
export const fetchFirms = (filter: FirmFilter) => get<Page<Firm>>(`${api}/assessments`, { ...filter })
export const fetchRoundList = (id: Id) => get<RoundList>(`${api}/rounds/${id}/list`)
export const fetchCertificates = (filter: CertificateFilter) => get<Page<Certificate>>(`${api}/certificates`, { ...filter })
export const revokeCertificate = (id: Id, input: object, key: string) =>
  post<Certificate>(`${api}/certificates/${id}/actions/revoke`, input, key)

export const fetchJob = (id: Id) => get<Job>(`${api}/jobs/${id}`)
export const cancelJob = (id: Id) => post<Job>(`${api}/jobs/${id}/actions/cancel`)

export const fetchAssessment = (id: Id) => get<Assessment>(`${api}/assessments/${id}`)
export const fetchPlans = (filter: PlanFilter) => get<Page<PlanBrief>>(`${api}/plans`, { ...filter })
export const fetchPlan = (id: Id) => get<Plan>(`${api}/plans/${id}`)
export const runPlanAction = (id: Id, name: string, input: object, key: string) =>
  post<Plan>(`${api}/plans/${id}/actions/${name}`, input, key)

export const fetchPublicLists = () => get<Page<PublicList>>(`${api}/public/lists`)
export const fetchPublicList = (id: Id) => get<RoundList>(`${api}/public/lists/${id}`)
export const checkToken = (token: string) => get<Verdict>(`${api}/public/check/${encodeURIComponent(token)}`)
export const checkFile = (file: File) => withFile<Verdict>(`${api}/public/check`, file)
