import { ApiProblem, networkProblem, problemFrom } from './problems'

type Query = Record<string, string | number | boolean | null | undefined>

export interface Call { query?: Query; json?: unknown; form?: FormData; signal?: AbortSignal; key?: string }

export function cookie(name: string): string {
  const found = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : ''
}

function withQuery(path: string, query: Query = {}): string {
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const params = new URLSearchParams(kept.map(([name, value]) => [name, String(value)]))
  return kept.length ? `${path}?${params}` : path
}

function headersOf(method: string, call: Call): Headers {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': document.documentElement.lang || 'zh-CN' })
  if (call.json !== undefined) headers.set('Content-Type', 'application/json')
  if (call.key) headers.set('Idempotency-Key', call.key)
  if (method !== 'GET') headers.set('X-CSRFToken', cookie('csrftoken'))
  return headers
}

async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get('Content-Type') ?? ''
  return type.includes('json') ? response.json().catch(() => null) : null
}

/** Sends one request; every failure is an `ApiProblem`. */
export async function request<T>(method: string, path: string, call: Call = {}): Promise<T> {
  const body = call.form ?? (call.json === undefined ? undefined : JSON.stringify(call.json))
  const init = { method, body, headers: headersOf(method, call), signal: call.signal, credentials: 'same-origin' as const }
  const response = await fetch(withQuery(path, call.query), init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw networkProblem()
  })
  const answer = await bodyOf(response)
  if (!response.ok) throw problemFrom(response.status, answer)
  return answer as T
}

export const get = <T>(path: string, query?: Query): Promise<T> => request<T>('GET', path, { query })
export const post = <T>(path: string, json: unknown = {}, key?: string): Promise<T> => request<T>('POST', path, { json, key })

export { ApiProblem }
