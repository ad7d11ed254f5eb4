/** The names that screens use for what the server answers; the shapes themselves are generated (`npm run api`). */
import type { components } from './schema'

type Schemas = components['schemas']

export type Id = number | string
export type Interval = [low: number, high: number]
export type Outcome = 'met' | 'unmet' | 'unknown' | 'manual_review' | 'not_applicable'

/** `needs` names inputs to ask for before the move is sent. */
export type Action = Omit<Schemas['ActionOutput'], 'needs'> & { needs?: string[] }
export interface Page<T> { results: T[]; next?: string | null; previous?: string | null; count?: number }

export type Site = Schemas['SiteOutput']
export type DemoAccount = Schemas['DemoAccountOutput']
export type Me = Schemas['MeOutput']
export type Home = Schemas['HomeOutput']
export type Todo = Schemas['TodoOutput']
export type Figure = Schemas['FigureOutput']

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
export type Job = Schemas['JobOutput'] & { state: JobState; actions?: Action[] }

export type RoundBrief = Schemas['RoundOutput']
export type PinnedRulebook = Schemas['PinOutput']
export type WorkbookImport = Schemas['ImportOutput']
export type HolidayTable = Schemas['HolidayTableOutput']
export type Round = Omit<Schemas['RoundDetailOutput'], 'job' | 'actions' | 'can_upload' | 'can_schedule' | 'can_move_deadline' | 'workbook'> & {
  job: Job | null
  actions: Action[]
  can_upload: Action | null
  can_schedule: Action | null
  can_move_deadline: Action | null
  workbook: WorkbookImport | null
}

export type Problem = Schemas['ProblemOutput'] & { severity: 'error' | 'warning' | 'info' }

export interface Coded { code: string; label: string }
export type Pool = Schemas['PoolOutput']
export type Placement = Omit<Schemas['PlacementOutput'], 'tracks'> & {
  tracks: (Schemas['TrackOutput'] & { standing: 'holder' | 'candidate' })[]
}
/** A firm of a round, placed or not. */
export type Firm = Schemas['FirmOutput']
export type Enterprise = Pick<Schemas['EnterpriseOutput'], 'uscc' | 'name' | 'region' | 'region_name' | 'zone'> & { merged_into?: Heir | null }

export type Clause = Schemas['ClauseOutput'] & { outcome: Outcome }
export type Dimension = Schemas['DimensionOutput']
export type TierStep = Schemas['TierOutput']
export type Readiness = Schemas['ReadinessOutput']
export type FactValue = Schemas['ValueOutput'] & { state: 'known' | 'bounded' | 'unknown' | 'not_applicable' }
export type Programme = Omit<Schemas['ProgrammeOutput'], 'clauses'> & { outcome: Outcome; clauses: Clause[] }
/** Why a right counts, may count, or does not, under one rule. */
export interface Counting { code: string; rulebook?: string; rule: string; rule_en?: string; clause: string; outcome: 'counts' | 'excluded' | 'possible'; reason: string; reason_en?: string }
export type Tally = Schemas['TallyOutput']
export type Assessment = Omit<Schemas['AssessmentOutput'], 'capability' | 'programmes' | 'values'> & {
  capability: Clause[]
  programmes: Programme[]
  values: FactValue[]
}

export type PlanBrief = Schemas['PlanBriefOutput']
export type PlanItem = Schemas['PlanItemOutput']
export type PlanTask = Schemas['PlanTaskOutput']
export type Plan = Schemas['PlanOutput']

export type RoundList = Schemas['ListOutput']
export type PublicList = Schemas['PublishedListOutput']
export type Heir = Schemas['HeirOutput']
export type Certificate = Schemas['CertificateOutput']
export type VerdictCode = 'valid' | 'expired' | 'revoked' | 'replaced' | 'altered' | 'unknown'
export type Verdict = Schemas['VerdictOutput'] & { verdict: VerdictCode }

export type RulebookDocument = Schemas['RulebookDocumentOutput']
export type RuleRow = Schemas['RuleRowOutput']
export type RulePeriod = Schemas['PeriodOutput']
export type RulebookCatalogue = Schemas['CatalogueOutput']
export type RulebookVersion = Schemas['VersionOutput']
export type ApplicableRules = Schemas['ApplicableOutput']
export type ApplicableAnswer = Schemas['AnswerOutput']
export type Indicator = Schemas['IndicatorOutput']
/** Where a firm would stand by facts that are not stored. */
export type OutlookProgramme = Omit<Schemas['OutlookProgrammeOutput'], 'clauses' | 'outcome'> & { outcome: Outcome; clauses: Clause[] }
export type Outlook = Omit<Schemas['OutlookOutput'], 'programmes' | 'capability'> & { programmes: OutlookProgramme[]; capability: Clause[] }
export type MissingFact = Schemas['MissingOutput']
export type Lever = Omit<Schemas['LeverOutput'], 'value'> & { value: number | string | boolean | [number, number | null] | null }
export type WhatIfPage = Omit<Schemas['WhatIfPageOutput'], 'levers'> & { levers: Lever[] }
export type WhatIf = Outlook & Pick<Schemas['WhatIfOutput'], 'before' | 'differences'>
export type ClauseChange = Schemas['ClauseChangeOutput']
export type MovePath = Omit<Schemas['PathOutput'], 'changes'> & { changes: Record<string, number | string | boolean | null> }
export interface MovePaths { paths: MovePath[]; why_none: string | null }
