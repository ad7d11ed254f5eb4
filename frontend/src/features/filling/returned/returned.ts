import type { Form, FormField, FormSection } from '@/shared/api/filling'
import type { ReturnNote } from '@/shared/api/returning'

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

export const noteOn = (form: Form, code: string): ReturnNote | undefined => form.returned?.notes.find((note) => note.code === code)
