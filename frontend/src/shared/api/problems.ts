/** problem+json, allauth's error lists and a dead network, all turned into one kind of error with sentences. */
export interface FieldProblem { pointer: string; detail: string; code?: string }

export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly fields: FieldProblem[] = [],
    readonly body: unknown = null,
  ) {
    super(detail || title || code)
    this.name = 'ApiProblem'
  }

  /** True when no answer came at all. */
  get offline(): boolean {
    return this.status === 0
  }

  field(name: string): string | undefined {
    return this.fields.find((problem) => problem.pointer === name)?.detail
  }
}

type Json = Record<string, unknown>

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** "#/assessed_on", "/assessed_on" and "assessed_on" all name the same field. */
export const fieldName = (pointer: string): string => pointer.replace(/^#?\//, '').replaceAll('/', '.')

/** `fields` maps pointers to sentences; allauth sends a list of errors instead. */
function fieldsOf({ fields, errors }: Json): FieldProblem[] {
  if (fields && typeof fields === 'object') {
    return Object.entries(fields).map(([pointer, detail]) => ({ pointer: fieldName(pointer), detail: String(detail) }))
  }
  if (!Array.isArray(errors)) return []
  return errors.map((error: Json) => ({
    pointer: fieldName(text(error.pointer) || text(error.param) || text(error.field)),
    detail: text(error.detail) || text(error.message),
    code: text(error.code),
  }))
}

export function problemFrom(status: number, body: unknown): ApiProblem {
  const json = (body && typeof body === 'object' ? body : {}) as Json
  const fields = fieldsOf(json)
  const first = Array.isArray(json.errors) ? text((json.errors[0] as Json | undefined)?.code) : ''
  const code = text(json.code) || first || `http_${status}`
  return new ApiProblem(status, code, text(json.title), text(json.detail) || fields[0]?.detail || '', fields, body)
}

export const networkProblem = (): ApiProblem => new ApiProblem(0, 'offline', '', '')
/** The line stands, but nothing comes over it. */
export const slowProblem = (): ApiProblem => new ApiProblem(0, 'timeout', '', '')

export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem ? error : new ApiProblem(-1, 'script_error', '', error instanceof Error ? error.message : '')
