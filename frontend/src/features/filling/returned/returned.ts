import type { Form, FormField, FormSection, Live } from '@/shared/api/filling'

import { fieldsOf } from '../draft/useDraft'

export const RETURNED = 'returned'
export const LEDGER = 'ledger'

/** What was sent back, as a part of the form of its own: the facts in the order of the office's notes (E23). */
export function returnedSection(form: Form): FormSection | null {
  if (!form.returned) return null
  const known = new Map(fieldsOf(form).map((field) => [field.code, field]))
  const fields = form.returned.notes.map((note) => known.get(note.code)).filter((field): field is FormField => field !== undefined)
  return { code: RETURNED, label: '', label_en: '', fields }
}

/** The codes of the notes that wait for an answer: as the checklist has it now, until it is there as the form was opened. */
export function unansweredIn(form: Pick<Form, 'returned'>, live: Pick<Live, 'checklist'> | null): Set<string> {
  const waiting = live
    ? live.checklist.filter((item) => item.kind === RETURNED)
    : (form.returned?.notes ?? []).filter((note) => !note.is_answered)
  return new Set(waiting.map((one) => one.code))
}
