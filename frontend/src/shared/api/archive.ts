import { answer, client } from './http'
import type { components } from './schema'

export type ArchivePage = components['schemas']['ArchivePageOutput']

export const fetchArchive = () => answer<ArchivePage>(client.GET('/api/v1/my/archive'))
export const packArchive = (key: string) => answer<ArchivePage>(client.POST('/api/v1/my/archive', { headers: { 'Idempotency-Key': key } }))
export const archiveFile = (id: number): string => `/api/v1/my/archives/${id}/file`
