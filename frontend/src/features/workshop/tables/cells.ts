import type { Cell, Edit, RulesProblem, Section } from '@/shared/api/workshop'

const RANGE = '–'
const LIST = '、'

/** A value as a reader sees it; choices by their words, what is absent as nothing. */
export function shown(cell: Cell, value: unknown, yesNo: (yes: boolean) => string): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return yesNo(value)
  const label = (code: unknown) => cell.options.find((option) => option.code === code)?.label ?? String(code)
  if (Array.isArray(value)) return value.map(label).join(cell.type === 'points' ? RANGE : LIST)
  return label(value)
}

/** A field that a rulebook holds in English is English on every page. */
export const isEnglish = (pointer: string): boolean => pointer.endsWith('/en')

/** A value as one types it. */
export function typed(cell: Cell): string {
  const { value } = cell
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.map(String).join(cell.type === 'points' ? '-' : LIST) : String(value)
}

const sameValue = (one: unknown, two: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(two ?? null)

type Values = { pointer: string; value: unknown }[]

/** Tables with saved values put into their cells; sections that hold none stay the very objects they were. */
export function patchSections(sections: Section[], values: Values): Section[] {
  const saved = new Map(values.map(({ pointer, value }) => [pointer, value]))
  const patch = (cell: Cell): Cell => {
    if (cell.type === 'operator' || !saved.has(cell.pointer)) return cell
    const value = saved.get(cell.pointer) ?? null
    return { ...cell, value, is_changed: !sameValue(value, cell.original) }
  }
  const holds = (section: Section) => allCells(section).some((cell) => saved.has(cell.pointer))
  return sections.map((section) => (holds(section) ? restated({ ...section, cells: section.cells.map(patch), rows: section.rows.map((row) => ({ ...row, cells: row.cells.map(patch) })) }) : section))
}

function restated(section: Section): Section {
  const rows = section.rows.map((row) => (row.state === 'added' || row.state === 'removed' ? row : { ...row, state: row.cells.some((cell) => cell.is_changed) ? 'changed' as const : 'same' as const }))
  if (section.state === 'added') return { ...section, rows }
  const isChanged = section.cells.some((cell) => cell.is_changed) || rows.some((row) => row.state !== 'same')
  return { ...section, rows, state: isChanged ? 'changed' : 'same' }
}

export const allCells = (section: Section): Cell[] => [...section.cells, ...section.rows.flatMap((row) => row.cells)]

/** Whether a place stands in another: `/a/b` in `/a`, and everything in itself. */
export const within = (pointer: string, above: string): boolean => pointer === above || pointer.startsWith(`${above}/`)

/** The section a problem belongs to: the one whose place is nearest around it, else the one of its node. */
export function sectionOf(problem: RulesProblem, sections: Section[]): Section | undefined {
  const around = sections.filter((section) => section.state !== 'removed' && (allCells(section).some((cell) => within(cell.pointer, problem.pointer) || within(problem.pointer, cell.pointer)) || (section.pointer !== '' && within(problem.pointer, section.pointer))))
  const nearest = around.sort((a, b) => b.pointer.length - a.pointer.length)[0]
  return nearest ?? sections.find((section) => section.node === problem.node)
}

/** Edits that wait, the newest of each cell only. */
export const queued = (waiting: Edit[], edit: Edit): Edit[] =>
  edit.op === 'set' ? [...waiting.filter((one) => one.op !== 'set' || one.pointer !== edit.pointer), edit] : [...waiting, edit]

export const labelOf = (sections: Section[], pointer: string): string => {
  for (const section of sections) {
    const row = section.rows.find((one) => within(pointer, one.pointer))
    const cell = allCells(section).find((one) => one.pointer === pointer)
    if (cell) return [section.title, row?.label, cell.label].filter(Boolean).join(' · ')
    if (row?.pointer === pointer || section.pointer === pointer) return [section.title, row?.label].filter(Boolean).join(' · ')
  }
  return pointer
}
