import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import { fetchPeers, fetchYears } from '@/shared/api/filling'
import { i18n } from '@/shared/i18n'

const lang = computed(() => i18n.global.locale.value)

export const usePeers = (id: Ref<string>) => useQuery({ queryKey: computed(() => ['peers', id.value]), queryFn: () => fetchPeers(id.value) })

export const useYears = (id: Ref<string>) => useQuery({ queryKey: computed(() => ['years', id.value, lang.value]), queryFn: () => fetchYears(id.value) })
