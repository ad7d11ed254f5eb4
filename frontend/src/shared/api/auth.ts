/** Signing in and what belongs to it, as allauth's headless browser client wants it asked. */
import { askPlain, cookie, sendPlain } from './http'
import { ApiProblem, asProblem } from './problems'

const root = '/_allauth/browser/v1'

export interface Credentials { username?: string; email?: string; phone?: string; password: string }
export interface NewPerson { email: string; full_name: string; password: string; username?: string }
export interface Address { email: string; verified: boolean; primary: boolean }
export interface Phone { phone: string; verified: boolean }
export interface Device { id: number; user_agent: string; ip: string; created_at: number; is_current: boolean }
export interface Authenticator { type: 'totp' | 'recovery_codes'; created_at: number; last_used_at: number | null; unused_code_count?: number; unused_codes?: string[] }
interface Flow { id: string; is_pending?: boolean; types?: string[] }
interface Data<T> { data: T }
interface Body { data?: { flows?: Flow[] }; meta?: { is_authenticated?: boolean; secret?: string } }

const bodyOf = (error: unknown) => (asProblem(error).body ?? {}) as Body

/** The step that a sign-in waits at: an answer of 401 that names one is no refusal. */
export const pendingStep = (error: unknown): string | undefined =>
  asProblem(error).status === 401 ? bodyOf(error).data?.flows?.find((flow) => flow.is_pending)?.id : undefined

/** Ways to prove once more who one is, where a sensitive change asks for it. */
export const proofsAsked = (error: unknown): string[] =>
  asProblem(error).status === 401 && bodyOf(error).meta?.is_authenticated ? (bodyOf(error).data?.flows ?? []).map((flow) => flow.id) : []

/** Every page of the site sets the CSRF cookie, and so does the open configuration. */
async function post(path: string, json: object = {}): Promise<void> {
  if (!cookie('csrftoken')) await sendPlain('GET', `${root}/config`).catch(() => null)
  await sendPlain('POST', `${root}/${path}`, json)
}
const list = async <T>(path: string): Promise<T[]> => (await askPlain<Data<T[]>>('GET', `${root}/${path}`)).data

/** Answers 401 with the next step are what these requests are for; anything else is a failure. */
const started = (step: string) => (error: unknown): void => {
  if (pendingStep(error) !== step) throw error
}

export const login = (who: Credentials) => post('auth/login', who)
export const signUp = (person: NewPerson) => post('auth/signup', person)
export const verifyEmail = (key: string) => post('auth/email/verify', { key })
export const resendEmailCode = () => post('auth/email/verify/resend')
export const requestLoginCode = (to: { email: string } | { phone: string }) => post('auth/code/request', to).catch(started('login_by_code'))
export const resendLoginCode = () => post('auth/code/resend')
export const confirmLoginCode = (code: string) => post('auth/code/confirm', { code })
/** A wrong number of an authenticator is nothing that one could ask anew, so it has its own words. */
const ofAuthenticator = (error: unknown): never => {
  const { status, code, title, detail, fields, body } = asProblem(error)
  const own = (one?: string) => (one === 'incorrect_code' ? 'incorrect_totp' : one)
  if (code !== 'incorrect_code') throw error
  throw new ApiProblem(status, 'incorrect_totp', title, detail, fields.map((field) => ({ ...field, code: own(field.code) })), body)
}
export const confirmSecondStep = (code: string) => post('auth/2fa/authenticate', { code }).catch(ofAuthenticator)
export const requestReset = (to: { email: string } | { phone: string }) =>
  post('phone' in to ? 'auth/password/request/phone' : 'auth/password/request', to).catch(started('password_reset_by_code'))
/** The new password is set, and one signs in with it. */
export const resetPassword = (key: string, password: string) => post('auth/password/reset', { key, password }).catch((error: unknown) => {
  if (asProblem(error).status !== 401) throw error
})
/** allauth answers 401 once the session is gone, which is what was asked for. */
export const logout = () => sendPlain('DELETE', `${root}/auth/session`).catch((error) => {
  if (error.status !== 401) throw error
})

export const provePassword = (password: string) => post('auth/reauthenticate', { password })
export const proveSecondStep = (code: string) => post('auth/2fa/reauthenticate', { code }).catch(ofAuthenticator)
export const changePassword = (current_password: string, new_password: string) => post('account/password/change', { current_password, new_password })
export const fetchAddresses = () => list<Address>('account/email')
export const changeAddress = (email: string) => post('account/email', { email })
export const fetchPhones = () => list<Phone>('account/phone')
export const changePhone = (phone: string) => post('account/phone', { phone })
export const confirmPhone = (code: string) => post('auth/phone/verify', { code })
export const fetchDevices = () => list<Device>('auth/sessions')
export const endDevices = (sessions: number[]) => sendPlain('DELETE', `${root}/auth/sessions`, { sessions })
export const fetchAuthenticators = () => list<Authenticator>('account/authenticators')

/** While none is set up, "not found" carries the secret to set up. */
export const beginTotp = () => askPlain('GET', `${root}/account/authenticators/totp`).then(() => '').catch((error: unknown) => {
  if (asProblem(error).status === 404) return bodyOf(error).meta?.secret ?? ''
  throw error
})
export const activateTotp = (code: string) => post('account/authenticators/totp', { code }).catch(ofAuthenticator)
export const deactivateTotp = () => sendPlain('DELETE', `${root}/account/authenticators/totp`)
const codes = async (method: string): Promise<string[]> =>
  (await askPlain<Data<Authenticator>>(method, `${root}/account/authenticators/recovery-codes`, method === 'POST' ? {} : undefined)).data.unused_codes ?? []
export const fetchRecoveryCodes = () => codes('GET')
export const makeRecoveryCodes = () => codes('POST')
