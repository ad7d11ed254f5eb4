/** What the server answers. One place, so that generated types can replace it line by line. */
export type Interval = [number, number]
export type Outcome = 'met' | 'unmet' | 'unknown' | 'manual_review' | 'not_applicable'
export type Tier = 'starter' | 'growth' | 'advantage' | 'leading'

export type Id = number | string

/** `reason` says why it must wait, `confirm` what to ask first, `needs` which inputs it takes. */
export interface Action {
  name: string; label: string; enabled: boolean; reason?: string | null; confirm?: string | null; needs?: string[] | null
}

export interface Site { name: string; demo: boolean; accounts?: { username: string; label: string }[]; region_name?: string }

export interface Me {
  user: { name: string; username: string }
  role: string
  role_label: string
  organisation: { name: string; kind: string; region: string | null } | null
  menu: string[]
  demo: boolean
}

export interface Todo { title: string; detail?: string; due?: string | null; link?: string | null; tone?: string }
export interface Figure { label: string; value: number | string; of?: number | string | null; link?: string | null }
export interface Home { headline: string; todo: Todo[]; figures: Figure[] }

export interface Page<T> { results: T[]; next: string | null; previous: string | null; count?: number | null }

export interface Job {
  id: Id
  kind: string
  label: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  progress: { done: number; total: number | null; note?: string }
  log: (string | { at?: string; text: string })[]
  result?: unknown
  error?: string | null
  actions: Action[]
}

export interface Stage { code: string; label: string; present: boolean; state?: string }
export interface PinnedRulebook {
  programme: string; programme_label?: string; title: string | null; key: string | null; fingerprint: string | null
  source_status: string | null; source_status_label?: string; reason: string
}
export interface RoundCounts { firms: number; scored: number; placed: number; problems: number; certificates: number; plans?: number }
export interface RoundBrief {
  id: Id; name: string; year: number; kind: string; kind_label?: string; state: string; state_label: string
  assessed_on: string | null; is_trial?: boolean; firms?: number; scored?: number; counts?: RoundCounts
}
export interface Round extends RoundBrief {
  stages: Stage[]
  rulebooks: PinnedRulebook[]
  counts: RoundCounts
  import: { filename: string; sha256: string; imported_at?: string; title?: string; filled_on?: string | null } | null
  job: Job | null
  actions: Action[]
}

export interface Problem {
  id?: Id; sheet: string; cell: string; value: string; severity: 'error' | 'warning' | 'info'; code: string
  problem: string; done: string; todo: string
}

export interface EnterpriseBrief { uscc: string; name: string; region: string; region_name: string; zone?: string | null; size_class?: string }
export interface TrackStatus { code: string; label: string; status: 'holder' | 'candidate' }

export interface Pool {
  tiers: { code: string; label: string }[]
  tracks: { code: string; label: string }[]
  cells: { tier: string; track: string; holders: number; candidates: number }[]
  regions: { code: string; name: string; counts: Record<string, number> }[]
}

export interface Placement {
  id: Id; enterprise: EnterpriseBrief; tier: string | null; tier_label: string; score: Interval
  level_possible: string | null; tracks: TrackStatus[]
  assessment: Id | null; plan: Id | null; certificate: Id | null
}

export interface FactValue {
  code: string; group: string; zh: string; en: string; unit: string; type: string
  state: 'known' | 'unknown' | 'not_applicable'; value: unknown; display: string; source?: string | null; cell?: string | null
}

export interface ClauseRow {
  programme?: string; id: string; parent: string | null; depth?: number; title: string; test?: string; facts?: string
  outcome: Outcome; points?: Interval | null; max?: number | null; needs?: string | null; source?: string | null
  status?: string | null; band?: string | null
}

export interface ProgrammeResult {
  code: string; label: string; rulebook: string | null; rulebook_title: string | null; reason: string
  source_status: string | null; outcome: Outcome; outcome_label: string; score: Interval | null
  clauses: ClauseRow[]; missing: string[]
}

export interface Right {
  number: string; title: string; kind: string; kind_label?: string; granted_on: string | null; status: string
  status_label?: string; counted?: boolean | null; reasons: string[]; sheet?: string; row?: number
}

export interface DocumentLink { id?: Id; kind: string; label: string; url: string; number?: string | null; signed?: boolean }

export interface Assessment {
  id: Id
  enterprise: EnterpriseBrief
  round: { id: Id; name: string; trial?: boolean }
  state: string
  state_label: string
  values: FactValue[]
  result: {
    capability: { rulebook: string; score: Interval; level: string | null; level_possible: string | null; vetoes: string[] }
    size_class: string
    pools: { tier: string; track: string; status: string }[]
  } | null
  dimensions: { code: string; label: string; points: Interval; max: number }[]
  tiers: { code: string; label: string; threshold: number | null }[]
  capability_clauses: ClauseRow[]
  programmes: ProgrammeResult[]
  rights: Right[]
  documents: DocumentLink[]
  plan?: Id | null
  certificate?: CertificateRow | null
  actions: Action[]
}

export interface PlanItem {
  service: string; title: string; reason: string; indicators: string[]; expected_points: number | Interval
  effort: string; duration: string; owner: string; due: string | null
}
export interface Plan {
  id: Id; enterprise: EnterpriseBrief; state: string; state_label: string; items: PlanItem[]
  expected_total: number | Interval; assessment?: Id | null; actions: Action[]; document: DocumentLink | null
}

export interface ListEntry {
  enterprise: EnterpriseBrief; tier: string; tier_label: string; score?: Interval | null; tracks?: TrackStatus[]
}
export interface Publication {
  id: Id; state: string; state_label?: string; title: string; number: string | null; sha256: string | null
  published_on?: string | null; trial?: boolean; entries: ListEntry[]; document: DocumentLink | null; actions?: Action[]
}
export interface PublicationBrief { id: Id; title: string; number: string | null; published_on: string | null; count: number; trial?: boolean }

export interface CertificateRow {
  id: Id; number: string; enterprise: EnterpriseBrief; state: string; state_label: string
  issued_on: string; expires_on: string | null; url: string; check_url: string
}

export interface Verdict {
  verdict: 'valid' | 'expired' | 'revoked' | 'replaced' | 'altered' | 'unknown'
  verdict_label: string
  sentence: string
  trial?: boolean
  certificate: {
    number: string; title?: string; holder?: string; enterprise?: { name: string; uscc: string }; tier_label?: string
    issuer?: string; issued_on: string; expires_on: string | null; sha256?: string; replaced_by?: string | null
  } | null
}

export interface EnterpriseHome {
  enterprise: EnterpriseBrief; assessment: Assessment | null; plan: Plan | null; certificate: CertificateRow | null
}
