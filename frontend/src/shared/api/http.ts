import createClient from 'openapi-fetch'

import { networkProblem, problemFrom, slowProblem } from './problems'
import type { paths } from './schema'

export function cookie(name: string): string {
  const found = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`))
  return found ? decodeURIComponent(found.slice(name.length + 1)) : ''
}

async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get('Content-Type') ?? ''
  return type.includes('json') ? response.json().catch(() => null) : null
}

const PATIENCE = 30_000

/** A question or a small write that is not answered in time has failed; what carries a file takes as long as its line needs. */
function inTime(request: Request): Request {
  const isSmall = request.method === 'GET' || (request.headers.get('Content-Type') ?? '').includes('json')
  return isSmall ? new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE)]) }) : request
}

/** Every request leaves through here: with language and CSRF token, and every failure comes back as an `ApiProblem`. */
export async function send(request: Request): Promise<Response> {
  request.headers.set('Accept', 'application/json')
  request.headers.set('Accept-Language', document.documentElement.lang || 'zh-CN')
  if (request.method !== 'GET') request.headers.set('X-CSRFToken', cookie('csrftoken'))
  const response = await fetch(inTime(request)).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw error instanceof DOMException && error.name === 'TimeoutError' ? slowProblem() : networkProblem()
  })
  // A page where data was asked for: a hotel's sign-in, a company's proxy. The server itself was not reached.
  if (response.ok && response.headers.get('Content-Type')?.startsWith('text/html')) throw networkProblem()
  if (!response.ok) throw problemFrom(response.status, await bodyOf(response))
  return response
}

type Query = Record<string, unknown>

/** Empty filters are left out of the address. */
export function querySerializer(query: Query): string {
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString()
}

export const client = createClient<paths>({ baseUrl: location.origin, fetch: send, querySerializer })

/** The body of an answer, under the narrower name that the screens know it by. */
export const answer = async <T>(call: Promise<{ data?: unknown }>): Promise<T> => (await call).data as T

/** allauth's own addresses, which our API document does not describe. */
export async function askPlain<T>(method: string, path: string, json?: object): Promise<T> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await send(new Request(new URL(path, location.origin), { method, headers, body: json && JSON.stringify(json) }))
  return (await bodyOf(response)) as T
}
export const sendPlain = async (method: string, path: string, json?: object): Promise<void> => { await askPlain(method, path, json) }
