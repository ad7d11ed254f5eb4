/** Dated titles and designations, and the lists that they came from. */
import { answer, client } from './http'
import type { components } from './schema'
import type { Action, Id, Page } from './types'

type Schemas = components['schemas']
export type Designation = Omit<Schemas['DesignationOutput'], 'actions'> & { actions: Action[] }
export type DesignationDesk = Omit<Schemas['DesignationDeskOutput'], 'actions'> & { actions: Action[] }
export type ListBrief = Omit<Schemas['DesignationListBriefOutput'], 'actions'> & { actions: Action[] }
export type ListRow = Schemas['ListRowOutput']
export type ListProblem = Schemas['ListProblemOutput']
export type DesignationList = Omit<Schemas['DesignationListOutput'], 'actions'> & { actions: Action[] }
export interface NewList { kind: string; body: string; document: string; source: string; designated_on: string; expires_on: string }

type Words = Record<string, Id | undefined>
const once = (key: string) => ({ 'Idempotency-Key': key })
const query = (words: Words) => ({ query: words as never })
const move = (id: Id, name: string) => ({ path: { id: Number(id), name } })

export const fetchDesk = () => answer<DesignationDesk>(client.GET('/api/v1/designations/desk'))
export const fetchDesignations = (words: Words) => answer<Page<Designation>>(client.GET('/api/v1/designations', { params: query(words) }))
export const moveDesignation = (id: Id, name: string, body: { reason?: string; on?: string }, key: string) =>
  answer<Designation>(client.POST('/api/v1/designations/{id}/actions/{name}', { params: move(id, name), body, headers: once(key) }))

export const fetchLists = (words: Words) => answer<Page<ListBrief>>(client.GET('/api/v1/designation-lists', { params: query(words) }))
export const fetchList = (id: Id) => answer<DesignationList>(client.GET('/api/v1/designation-lists/{id}', { params: { path: { id: Number(id) } } }))
export const moveList = (id: Id, name: string, key: string) =>
  answer<DesignationList>(client.POST('/api/v1/designation-lists/{id}/actions/{name}', { params: move(id, name), headers: once(key) }))
/** What was left empty is not sent: then each row of the list has to say it. */
export const previewList = (file: File, head: NewList, key: string) =>
  answer<DesignationList>(client.POST('/api/v1/designation-lists', {
    body: head as never,
    bodySerializer: () => {
      const form = new FormData()
      form.append('file', file)
      for (const [name, value] of Object.entries(head)) if (value) form.append(name, value)
      return form
    },
    headers: once(key),
  }))
