/** The inputs that actions may ask for, by the names the API uses in `needs`. */
export interface FieldSpec { type: 'text' | 'textarea' | 'date' | 'number'; required: boolean }

const FIELDS: Record<string, FieldSpec> = {
  reason: { type: 'textarea', required: true },
  note: { type: 'textarea', required: false },
  title: { type: 'text', required: true },
  number: { type: 'text', required: true },
  issued_on: { type: 'date', required: true },
  published_on: { type: 'date', required: true },
  on: { type: 'date', required: true },
  expires_on: { type: 'date', required: true },
  starts: { type: 'date', required: true },
}

export const fieldSpec = (name: string): FieldSpec => FIELDS[name] ?? { type: 'text', required: true }

export const missingFields = (names: string[], values: Record<string, string>): string[] =>
  names.filter((name) => fieldSpec(name).required && !values[name]?.trim())
