/** The rule workshop: published versions as tables, drafts, trials on past rounds, weights. */
import { answer, client } from './http'
import type { components } from './schema'
import type { Action, Id, Interval, Job, Page } from './types'

type Schemas = components['schemas']

export type CellType = 'number' | 'points' | 'text' | 'date' | 'choice' | 'choices' | 'list' | 'boolean' | 'fact' | 'operator'
export type RowState = 'same' | 'changed' | 'added' | 'removed'
export type Cell = Omit<Schemas['RuleCellOutput'], 'type'> & { type: CellType }
export type Row = Omit<Schemas['RuleTableRowOutput'], 'state' | 'cells'> & { state: RowState; cells: Cell[] }
export type Section = Omit<Schemas['RuleSectionOutput'], 'state' | 'cells' | 'rows'> & { state: RowState; cells: Cell[]; rows: Row[] }
export type PublishedRules = Schemas['PublishedRulebookOutput']
export type RulesProblem = Schemas['RuleProblemOutput']
export type Law = Omit<Schemas['RuleLawOutput'], 'state'> & { state: 'holds' | 'broken' | 'untested' }
export type Change = Schemas['RuleChangeOutput']
export type DraftBrief = Schemas['RuleDraftBriefOutput']
export type DraftStatus = Omit<Schemas['RuleDraftStatusOutput'], 'actions' | 'checks'> & { actions: Action[]; checks: Law[] }
export type LastEdit = Schemas['RuleLastEditOutput']
export type Draft = Omit<Schemas['RuleDraftOutput'], 'status' | 'last_edit'> & { status: DraftStatus; last_edit: LastEdit | null }
export interface DraftTables { revision: number; sections: Section[] }
export interface Saved { values: { pointer: string; value: unknown }[]; is_reshaped: boolean; status: DraftStatus; last_edit: LastEdit | null }
export interface Edit { op: 'set' | 'compare' | 'copy' | 'remove'; pointer: string; value?: unknown }
export interface Comparison { old: Version; new: Version; changes: Change[] | null; sections: Section[] }
export type Version = Schemas['RuleVersionOutput']
export type TrialRound = Schemas['TrialRoundOutput']

export interface TierName { code: string; zh: string; en: string; threshold: number | null }
export interface Step { before: string; after: string; count: number }
export interface GroupRow { code: string; firms: number; moved: number; risen: number; fallen: number }
export type GroupName = 'city' | 'size' | 'track'
export interface Summary {
  firms: number; scores_changed: number; moved: number; risen: number; fallen: number
  tiers_before: TierName[]; tiers_after: TierName[]; steps: Step[]; by: Record<GroupName, GroupRow[]>
}
export type Impact = Omit<Schemas['RuleImpactOutput'], 'summary' | 'job'> & { summary: Summary | null; job: Job | null }
export type ImpactFirm = Omit<Schemas['ImpactFirmOutput'], 'score_before' | 'score_after'> & { score_before: Interval | null; score_after: Interval | null }
export type UnderBoth = Schemas['FirmUnderBothOutput']
export type BothRow = Schemas['ImpactRowOutput']
export type TriedFirm = Schemas['TriedFirmOutput']

export type Weighing = Omit<Schemas['WeighingOutput'], 'result'> & { result: Schemas['WeightsOutput'] | null }
export interface Swap { weight: number; above: string; below: string }
export interface ReachRow { code: string; weight: number; first: (Swap | null)[]; any: (Swap | null)[] }
export interface Reach { firms: number; is_compared: boolean; rows: ReachRow[] }

type Words = Record<string, Id | undefined>
const at = (id: Id) => ({ path: { id: Number(id) } })
const query = (words: Words) => ({ query: words as never })
const once = (key: string) => ({ 'Idempotency-Key': key })
const on = (id: Id, revision: number) => ({ ...at(id), header: { 'If-Match': String(revision) } })

export const fetchPublished = () => answer<Page<PublishedRules>>(client.GET('/api/v1/rulebooks', { params: query({ size: 200 }) }))
export const fetchPublishedTables = (id: Id) =>
  answer<{ rulebook: PublishedRules; sections: Section[] }>(client.GET('/api/v1/rulebooks/{id}/tables', { params: at(id) }))
export const compareVersions = (old: string, next: string) =>
  answer<Comparison>(client.GET('/api/v1/rulebooks/compare', { params: { query: { old, new: next } } }))

export const fetchDrafts = (words: Words = {}) => answer<Page<DraftBrief>>(client.GET('/api/v1/rulebook-drafts', { params: query(words) }))
export const beginDraft = (body: { published?: number; draft?: number; version: string; starts: string }, key: string) =>
  answer<DraftBrief>(client.POST('/api/v1/rulebook-drafts', { body, headers: once(key) }))
export const fetchDraft = (id: Id) => answer<Draft>(client.GET('/api/v1/rulebook-drafts/{id}', { params: at(id) }))
export const fetchDraftTables = (id: Id) => answer<DraftTables>(client.GET('/api/v1/rulebook-drafts/{id}/tables', { params: at(id) }))
export const saveEdits = (id: Id, revision: number, edits: Edit[]) =>
  answer<Saved>(client.PATCH('/api/v1/rulebook-drafts/{id}', { params: on(id, revision), body: { edits: edits as never } }))
export const undoEdit = (id: Id, revision: number) =>
  answer<Saved>(client.POST('/api/v1/rulebook-drafts/{id}/undo', { params: on(id, revision) }))
export const moveDraft = (id: Id, name: string, body: { reason?: string }, key: string) =>
  answer<Draft>(client.POST('/api/v1/rulebook-drafts/{id}/actions/{name}', { params: { path: { id: Number(id), name } }, body, headers: once(key) }))
export const fetchChanges = (id: Id) => answer<{ changes: Change[] | null }>(client.GET('/api/v1/rulebook-drafts/{id}/changes', { params: at(id) }))

export const fetchTrialRounds = (id: Id) => answer<TrialRound[]>(client.GET('/api/v1/rulebook-drafts/{id}/rounds', { params: at(id) }))
export const fetchImpacts = (id: Id) => answer<Page<Impact>>(client.GET('/api/v1/rulebook-drafts/{id}/impacts', { params: at(id) }))
export const requestImpact = (id: Id, round: number, key: string) =>
  answer<Impact>(client.POST('/api/v1/rulebook-drafts/{id}/impacts', { params: at(id), body: { round }, headers: once(key) }))
export const fetchImpactFirms = (id: Id, words: Words) =>
  answer<Page<ImpactFirm>>(client.GET('/api/v1/rulebook-impacts/{id}/firms', { params: { ...at(id), ...query(words) } }))
export const fetchTriedFirms = (id: Id, q: string) =>
  answer<Page<TriedFirm>>(client.GET('/api/v1/rulebook-impacts/{id}/all-firms', { params: { ...at(id), ...query({ q, size: 20 }) } }))
export const fetchUnderBoth = (id: Id, firm: Id) =>
  answer<UnderBoth>(client.GET('/api/v1/rulebook-impacts/{id}/firms/{firm}', { params: { path: { id: Number(id), firm: Number(firm) } } }))

export const fetchWeighing = (id: Id, group: string) =>
  answer<Weighing>(client.GET('/api/v1/rulebook-drafts/{id}/weights', { params: { ...at(id), ...query({ group }) } }))
export const judgePairs = (id: Id, group: string, judgements: Record<string, string>) =>
  answer<Weighing>(client.PUT('/api/v1/rulebook-drafts/{id}/weights', { params: at(id), body: { group, judgements } }))
export const applyWeights = (id: Id, revision: number, group: string, reason: string) =>
  answer<Saved>(client.POST('/api/v1/rulebook-drafts/{id}/weights/apply', { params: on(id, revision), body: { group, reason } }))
export const fetchReach = (id: Id, round: number, group: string) =>
  answer<Reach>(client.GET('/api/v1/rulebook-drafts/{id}/reach', { params: { ...at(id), query: { round, group } } }))
