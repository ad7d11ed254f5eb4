/** Panel scores, scorecards learned from them with their cards, and the disagreements that people settle. */
import { answer, client } from './http'
import type { components } from './schema'
import type { Action, Id, Job, Page } from './types'

type Schemas = components['schemas']

export type Origin = 'panel' | 'simulated'
export interface Said { zh: string; en: string }
export type LearnedScorecard = Schemas['LearnedScorecardOutput']
export type TrainingRun = Omit<Schemas['TrainingRunOutput'], 'job' | 'refusal'> & { job: Job | null; refusal: Said | null }
export type OriginCount = Omit<Schemas['OriginOutput'], 'can_train'> & { can_train: Action }
export type RoundPanels = Omit<Schemas['RoundPanelsOutput'], 'can_import'> & { can_import: Action }
export type Learning = Omit<Schemas['LearningOutput'], 'origins' | 'panels' | 'run'> & { origins: OriginCount[]; panels: RoundPanels[]; run: TrainingRun | null }
export type PanelFile = Schemas['PanelFileOutput']
export type PanelScore = Schemas['PanelScoreOutput']
export type Advice = Omit<Schemas['AdviceOutput'], 'actions'> & { actions: Action[] }
export type AdviceCause = Schemas['AdviceCauseOutput']
export type StepChart = Schemas['ChartOutput']

export type Side = 'expert' | 'learned'
export interface Agreement { kappa: number | null; agreed: number; tier_error: number; score_error: number | null }
export interface TierShare { tier: string; cases: number; lower: number | null; same: number | null; higher: number | null }
export interface Bin { cases: number; given: number; panel: number }
export interface GroupSide { bias: number; error: number; kappa: number | null; selected: number }
export type Group = { group: string; cases: number; panel: { selected: number } } & Record<Side, GroupSide>
export interface Groups { groups: Group[]; hidden: number }
export interface Moved { feature: string; title: Said; psi: number; chance: number }
export interface FeatureRow { feature: string; part: string; title: Said; tier: string | null; direction: number; most: number; unknown: number; unknown_share: number; better_silent: number; effect: number }
/** The card as `scoring` writes it; every figure of the learned side is of cases that the model had not seen. */
export interface CardDocument {
  rulebook: string
  title: Said
  simulated: boolean
  warning: Said
  expert: { rulebook: string; fingerprint: string }
  data: { fingerprint: string; cases: number; firms: number; labels: 'score' | 'tier'; tiers: { tier: string; title: Said; cases: number }[]; left_out: { vetoed: number; undecided: number } }
  form: { chosen: string; title: Said; measured: (Agreement & { form: string; title: Said })[]; largest_gap: number }
  agreement: Record<Side, Agreement & { tiers: string[]; confusion: number[][] }>
  folds: ({ cases: number } & Record<Side, Agreement>)[]
  calibration: Record<Side, { by_tier: TierShare[]; unit: 'points' | 'chance' | null; by_bin: Bin[] }>
  stability: { split: 'date' | 'random'; cases: [number, number]; chance: number; scores: Record<Side, { halves: number; folds: number[] }>; features: Moved[] }
  fairness: { selected: string; smallest: number } & Record<'region' | 'size' | 'industry', Groups>
  features: FeatureRow[]
  unused: { feature: string; title: Said; reason: 'same' | 'idle' }[]
  ours: { key: string; title: Said; value: number | null }[]
}
export interface Card { scorecard: LearnedScorecard; card: CardDocument; charts: StepChart[]; open_advice: number; advice: number; actions: Action[] }

type Words = Record<string, Id | undefined>
const at = (id: Id) => ({ path: { id: Number(id) } })
const move = (id: Id, name: string) => ({ path: { id: Number(id), name } })
const query = (words: Words) => ({ query: words as never })
const once = (key: string) => ({ 'Idempotency-Key': key })

export const fetchLearning = () => answer<Learning>(client.GET('/api/v1/learning'))
export const fetchScorecards = (words: Words) => answer<Page<LearnedScorecard>>(client.GET('/api/v1/learned-scorecards', { params: query(words) }))
export const fetchTrainings = (words: Words) => answer<Page<TrainingRun>>(client.GET('/api/v1/trainings', { params: query(words) }))
export const startTraining = (origin: Origin, key: string) => answer<TrainingRun>(client.POST('/api/v1/trainings', { body: { origin }, headers: once(key) }))

export const fetchCard = (id: Id) => answer<Card>(client.GET('/api/v1/learned-scorecards/{id}', { params: at(id) }))
export const moveScorecard = (id: Id, name: string, body: object, key: string) =>
  answer<Card>(client.POST('/api/v1/learned-scorecards/{id}/actions/{name}', { params: move(id, name), body, headers: once(key) }))
export const cardFile = (id: Id) => `/api/v1/learned-scorecards/${id}/card`
export const rulebookFile = (id: Id) => `/api/v1/learned-scorecards/${id}/rulebook`

export const fetchPanelScores = (round: Id, words: Words) =>
  answer<Page<PanelScore>>(client.GET('/api/v1/rounds/{id}/panel-scores', { params: { ...at(round), ...query(words) } }))
export const panelWorkbook = (round: Id) => `/api/v1/rounds/${round}/panel-scores/workbook`
/** A preview reads and checks the file and stores nothing. */
export const sendPanelFile = (round: Id, file: File, origin: Origin, preview: boolean, key: string) =>
  answer<PanelFile>(client.POST('/api/v1/rounds/{id}/panel-scores', {
    params: at(round),
    body: { file: '', origin },
    bodySerializer: () => {
      const form = new FormData()
      form.append('file', file)
      form.append('origin', origin)
      form.append('preview', String(preview))
      return form
    },
    headers: once(key),
  }))

export const fetchAdvice = (words: Words) => answer<Page<Advice>>(client.GET('/api/v1/advice', { params: query(words) }))
export const moveAdvice = (id: Id, name: string, body: object, key: string) =>
  answer<Advice>(client.POST('/api/v1/advice/{id}/actions/{name}', { params: move(id, name), body, headers: once(key) }))
