/** Joining a firm, its people, and the offices' queues. */
import { answer, client } from './http'
import type { components } from './schema'
import type { Id, Me, Page } from './types'

type Schemas = components['schemas']
export type Contact = Schemas['ContactOutput']
export type Region = Schemas['RegionOutput']
export type FoundFirm = Schemas['FoundOutput']
export type Claim = Schemas['ClaimOutput']
export type Member = Schemas['MemberOutput']
export type Invitation = Schemas['InvitationOutput']
export type OpenInvitation = Schemas['OpenInvitationOutput']
export type Change = Schemas['ReportedChangeOutput']
export type OwnFirm = Schemas['OwnFirmOutput']
export type Message = Schemas['MessageOutput']
export type FirmRecord = Schemas['FirmRecordOutput']

export interface NewFirm { uscc: string; name: string; region: string; zone: string; note: string }
export interface NewInvitation { name: string; email: string; phone: string; role: string }
type Words = Record<string, Id | undefined>

const once = (key: string) => ({ 'Idempotency-Key': key })
const at = (id: Id) => ({ path: { id: Number(id) } })
const query = (words: Words) => ({ query: words as never })
/** Fields and a file as one form. */
const asForm = (fields: Record<string, string | boolean | File | null>) => ({
  body: fields as never,
  bodySerializer: () => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) if (value !== null) form.append(name, value instanceof File ? value : String(value))
    return form
  },
})

export const chooseMembership = (membership: number) => answer<Me>(client.PUT('/api/v1/me/membership', { body: { membership } }))
export const fetchRegions = () => answer<Region[]>(client.GET('/api/v1/public/regions'))
export const findFirm = (uscc: string) => answer<FoundFirm>(client.POST('/api/v1/joining/find', { body: { uscc } }))
export const registerFirm = (body: NewFirm, key: string) => answer<Me>(client.POST('/api/v1/joining/register', { body, headers: once(key) }))

export const fetchOpenInvitation = (token: string) => answer<OpenInvitation>(client.GET('/api/v1/public/invitations/{token}', { params: { path: { token } } }))
export const acceptInvitation = (token: string, key: string) =>
  answer<Me>(client.POST('/api/v1/invitations/{token}/accept', { params: { path: { token } }, headers: once(key) }))

export const fetchClaims = (words: Words) => answer<Page<Claim>>(client.GET('/api/v1/claims', { params: query(words) }))
export const fetchClaim = (id: Id) => answer<Claim>(client.GET('/api/v1/claims/{id}', { params: at(id) }))
export const fileClaim = (fields: Record<string, string | boolean | File | null>, key: string) =>
  answer<Claim>(client.POST('/api/v1/claims', { ...asForm(fields), headers: once(key) }))
export const runClaimAction = (id: Id, name: string, body: { role?: string; answer?: string }, key: string) =>
  answer<Claim>(client.POST('/api/v1/claims/{id}/actions/{name}', { params: { path: { id: Number(id), name } }, body: { role: '', answer: '', ...body }, headers: once(key) }))

export const fetchMembers = () => answer<Page<Member>>(client.GET('/api/v1/team/members'))
export const runMemberAction = (id: Id, name: string, key: string) =>
  answer<Member>(client.POST('/api/v1/team/members/{id}/actions/{name}', { params: { path: { id: Number(id), name } }, headers: once(key) }))
export const fetchInvitations = () => answer<Page<Invitation>>(client.GET('/api/v1/team/invitations'))
export const sendInvitation = (body: NewInvitation, key: string) => answer<Invitation>(client.POST('/api/v1/team/invitations', { body, headers: once(key) }))
export const takeBackInvitation = (id: Id, key: string) =>
  answer<Invitation>(client.POST('/api/v1/team/invitations/{id}/actions/take_back', { params: at(id), headers: once(key) }))

export const fetchOwnFirm = () => answer<OwnFirm>(client.GET('/api/v1/firm'))
export const fetchChanges = (words: Words) => answer<Page<Change>>(client.GET('/api/v1/changes', { params: query(words) }))
export const reportChange = (fields: Record<string, string | File | null>, key: string) =>
  answer<Change>(client.POST('/api/v1/changes', { ...asForm(fields), headers: once(key) }))
export const reportMerger = (fields: Record<string, string | File | null>, key: string) =>
  answer<Change>(client.POST('/api/v1/mergers', { ...asForm(fields), headers: once(key) }))
export const runChangeAction = (id: Id, name: string, body: { reason?: string }, key: string) =>
  answer<Change>(client.POST('/api/v1/changes/{id}/actions/{name}', { params: { path: { id: Number(id), name } }, body: { reason: '', ...body }, headers: once(key) }))

export const fetchOutbox = () => answer<Message[]>(client.GET('/api/v1/public/outbox'))
