/** What the server answers, under the names the screens use. */
export type Id = number | string
export type Interval = [low: number, high: number]
export type Outcome = 'met' | 'unmet' | 'unknown' | 'manual_review' | 'not_applicable'

/** `reason` says why it must wait, `confirm` what to ask first, `needs` which inputs it takes. */
export interface Action { name: string; label: string; enabled: boolean; reason?: string; confirm?: string; needs?: string[] }

export interface Page<T> { results: T[]; next?: string | null; previous?: string | null; count?: number }

export interface Site { demo: boolean; public_base_url?: string; accounts?: { username: string; label: string }[] }

export interface Me {
  user: { name: string; username: string }
  role: string
  role_label: string
  organisation: { name: string; kind: string; region: string } | null
  menu: string[]
  demo: boolean
}

export interface Todo { title: string; detail: string; link: string; tone: 'due' | 'next' | 'info' }
export interface Figure { label: string; value: number; of: number | null; link: string }
export interface Home {
  headline: string; todo: Todo[]; figures: Figure[]; assessment: number | null; plan: number | null; certificate: number | null
}

export interface Job {
  id: number
  kind: string
  label: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  state_label?: string
  progress: { done: number; total: number; note: string }
  log: string[]
  result?: unknown
  error: string
  actions?: Action[]
}

export interface Stage { code: string; label: string; present: boolean }
export interface PinnedRulebook {
  programme: string; key: string | null; title: string | null; fingerprint: string
  source_status: string | null; source_status_label: string; reason: string
}
export interface RoundCounts {
  firms: number; scored: number; placed: number; listed: number; problems: number; plans: number; plans_approved: number; certificates: number
}
export interface RoundBrief {
  id: number; name: string; year: number; kind: string; kind_label: string; state: string; state_label: string
  assessed_on: string; is_trial: boolean; is_demonstration: boolean; firms: number; scored: number; stages: Stage[]; actions: Action[]
}
export interface WorkbookImport {
  filename: string; sha256: string; size: number; title: string; filled_on: string | null; firms: number; rights: number
  is_finished: boolean; uploaded_by: string; created_at: string
}
export interface Round extends RoundBrief {
  rulebooks: PinnedRulebook[]; counts: RoundCounts; workbook: WorkbookImport | null; job: Job | null; can_upload: Action | null
}

export interface Problem {
  id: number; sheet: string; cell: string; value: string; severity: 'error' | 'warning' | 'info'; code: string
  problem: string; done: string; todo: string
}

export interface Coded { code: string; label: string }
export interface Pool {
  firms: number
  tiers: Coded[]
  tracks: Coded[]
  cells: { tier: string; track: string; holders: number; candidates: number }[]
  totals: Record<string, number>
  divisions: { code: string; name: string; firms: number; tiers: Record<string, number> }[]
}

export interface Enterprise { uscc: string; name: string; region: string; region_name: string; zone: string; is_demonstration?: boolean }
export interface Placement {
  id: number; enterprise: Enterprise; tier: string; tier_label: string; score_low: number; score_high: number; level_possible: string
  tracks: { code: string; label: string; standing: 'holder' | 'candidate'; standing_label: string }[]
  assessment: number
}
/** A firm of a round, placed or not. */
export interface Firm {
  id: number; uscc: string; name: string; region_name: string; zone: string; state: string; state_label: string
  score_low: number | null; score_high: number | null; level: string; level_label: string
}

export interface Clause {
  id: string; parent: string | null; depth: number; title: string; test: string; value: string; band: string | null
  outcome: Outcome; outcome_label: string; points: number[] | null; max: number | null; needs: string | null; reason: string | null
  source: string | null; status: string | null; evidence: string | null; hint: string | null
}
export interface RulebookRef {
  key: string; title: string; document: string; fingerprint: string; source_status: string; source_status_label: string; reason: string
}
export interface Programme extends Coded {
  rulebook: RulebookRef | null; reason: string; outcome: Outcome; outcome_label: string; score: number[] | null
  clauses: Clause[]; missing: string[]
}
export interface Dimension extends Coded { low: number; high: number; max: number }
export interface TierStep extends Coded { threshold: number | null }
export interface FactValue {
  code: string; label: string; label_en: string; group: string; unit: string; type: string
  state: 'known' | 'bounded' | 'unknown' | 'not_applicable'; state_label: string; display: string; source_label: string; cell: string
}
/** Why a right counts, may count, or does not, under one rule. */
export interface Counting { code: string; rule: string; clause: string; outcome: 'counts' | 'excluded' | 'possible'; reason: string }
export interface Right {
  number: string; number_ok: boolean; title: string; kind: string; filed_on: string | null; granted_on: string | null
  legal_state: string; status: string; sheet: string; row: number; notes: string[]; counting: Record<string, Counting>
}
export interface Assessment {
  id: number
  round: { id: number; name: string; assessed_on: string; kind_label: string; is_trial: boolean; is_demonstration: boolean }
  state: string
  state_label: string
  enterprise: Enterprise
  size_class_label: string
  rulebook: RulebookRef | null
  score: { low: number; high: number; max: number } | null
  level: string | null
  level_possible: string | null
  vetoes: Coded[]
  vetoes_unknown: Coded[]
  dimensions: Dimension[]
  tiers: TierStep[]
  capability: Clause[]
  programmes: Programme[]
  pools: { tier: string; track: string; status: string }[]
  warnings: string[]
  values: FactValue[]
  rights: Right[]
  report_url: string
}

export interface PlanItem {
  service: string; title: string; reason: string; gap: string; indicators: string[]; expected_points: number
  effort: string; effort_label: string; duration: string; owner: string; deliverable: string; resource: string; starts_on: string; due: string
}
/** What the firm does itself first; it promises no points. */
export interface PlanTask {
  kind: 'gap' | 'rectify'; title: string; reason: string; basis: string; indicators: string[]; points_open: number | null; due: string
}
export interface PlanBrief {
  id: number; assessment: number; enterprise: Enterprise; state: string; state_label: string; kind: string; kind_label: string
  summary: string; expected_total: number
}
export interface Plan extends PlanBrief {
  starts_on: string; score_low: number; score_then: number; level: string; level_then: string; source_status: string
  approved_by: string; approved_at: string | null; tasks: PlanTask[]; items: PlanItem[]
  document: { kind: string; label: string; url: string } | null; actions: Action[]
}

export interface ListEntry { uscc: string; name: string; region: string; region_name: string; tier: string; tier_label: string; tracks: string[] }
export interface RoundList {
  state: string; state_label: string; title: string; sha256: string | null; published_at: string | null
  is_trial: boolean; is_demonstration: boolean; entries: ListEntry[]; file_url: string
}
export interface PublicList { id: number; title: string; firms: number; published_at: string; is_trial: boolean; is_demonstration: boolean }

export interface Certificate {
  id: number; number: string; title: string; tier: string; enterprise_name: string; uscc: string; state: string; state_label: string
  issued_on: string; expires_on: string; reason: string; is_trial: boolean; check_url: string | null; file_url: string | null; actions: Action[]
}

export interface Verdict {
  verdict: 'valid' | 'expired' | 'revoked' | 'replaced' | 'altered' | 'unknown'
  verdict_label: string
  sentence: string
  kind: string | null
  sha256: string | null
  issued_at: string | null
  certificate: {
    number: string; title: string; enterprise_name: string; uscc: string; issued_on: string; expires_on: string; is_trial: boolean; is_demonstration: boolean
  } | null
}
