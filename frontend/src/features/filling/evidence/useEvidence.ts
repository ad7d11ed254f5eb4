import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, onMounted, reactive, toRaw } from 'vue'

import * as api from '@/shared/api/evidence'
import type { Evidence, EvidenceWords } from '@/shared/api/evidence'
import type { Id } from '@/shared/api/types'

import { FileUpload, type Wire } from './upload'

const AT_ONCE = 2
const SIZES = { piece: 2 ** 20, most: 50 * 2 ** 20 }

/** The evidence of one draft on this page: what is there, what is on its way, and what may be done with it. */
export function useEvidence(id: Id) {
  const client = useQueryClient()
  const key = ['evidence', String(id)]
  const page = useQuery({ queryKey: key, queryFn: () => api.fetchEvidence(id) })
  const items = computed(() => page.data.value?.items ?? [])
  const uploads = reactive<FileUpload[]>([])

  const refresh = async () => {
    await Promise.all([client.invalidateQueries({ queryKey: key }), client.invalidateQueries({ queryKey: ['live', String(id)] })])
  }
  const wire: Wire = {
    start: (file) => api.startUpload(id, file),
    at: api.fetchUpload,
    piece: api.sendPiece,
    cancel: api.cancelUpload,
    find: async (sha256) => (await api.fetchEvidence(id)).items.find((one) => one.sha256 === sha256),
    use: (evidence, code) => api.useEvidenceFor(id, evidence, code),
  }

  function add(files: Iterable<File>, code: string) {
    const sizes = page.data.value ?? SIZES
    for (const file of files) uploads.push(new FileUpload(file, code, wire, { piece: sizes.piece, most: sizes.most }) as never)
    pump()
  }

  /** Few at once, so that each is there sooner. */
  function pump() {
    const busy = uploads.filter((one) => one.isRunning && one.state !== 'waiting').length
    for (const one of uploads.filter((next) => next.state === 'waiting').slice(0, Math.max(0, AT_ONCE - busy))) void follow(one as FileUpload)
  }

  async function follow(one: FileUpload) {
    await one.run()
    if (one.state === 'done') {
      await refresh()
      forget(one)
    }
    pump()
  }

  const forget = (one: FileUpload) => {
    const place = uploads.findIndex((other) => toRaw(other) === toRaw(one))
    if (place >= 0) uploads.splice(place, 1)
  }
  async function cancel(one: FileUpload) {
    await one.cancel()
    forget(one)
    await refresh()
    pump()
  }
  /** One that an earlier visit left half sent. */
  const cancelLeft = useMutation({ mutationFn: (sent: string) => api.cancelUpload(sent), onSettled: refresh })
  const use = useMutation({ mutationFn: ({ evidence, code, note }: { evidence: Evidence; code: string; note?: string }) => api.useEvidenceFor(id, evidence.id, code, note), onSuccess: refresh })
  const drop = useMutation({ mutationFn: ({ evidence, code }: { evidence: Evidence; code: string }) => api.dropEvidenceUse(id, evidence.id, code), onSuccess: refresh })
  const change = useMutation({ mutationFn: ({ evidence, words }: { evidence: Evidence; words: EvidenceWords }) => api.changeEvidence(id, evidence.id, words), onSuccess: refresh })
  const remove = useMutation({ mutationFn: (evidence: Evidence) => api.removeEvidence(evidence.id, evidence.use_count), onSettled: refresh })

  const retry = () => uploads.forEach((one) => one.retry())
  const warn = (event: BeforeUnloadEvent) => { if (uploads.some((one) => one.isRunning)) event.preventDefault() }
  onMounted(() => {
    window.addEventListener('online', retry)
    window.addEventListener('beforeunload', warn)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('online', retry)
    window.removeEventListener('beforeunload', warn)
    uploads.forEach((one) => one.pause())
  })

  /** Left half sent by an earlier visit, not being sent now. */
  const left = computed(() => (page.data.value?.uploads ?? []).filter((sent) => !uploads.some((one) => one.file.name === sent.name && one.file.size === sent.size)))
  const canEdit = computed(() => api.may(page.data.value, 'add'))

  return { page, items, uploads, left, canEdit, add, follow, cancel, forget, cancelLeft, use, drop, change, remove }
}

export type EvidenceDesk = ReturnType<typeof useEvidence>
