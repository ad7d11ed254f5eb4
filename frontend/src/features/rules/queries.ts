import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import { fetchApplicable, fetchRulebook, fetchRulebooks } from '@/shared/api/endpoints'
import { i18n } from '@/shared/i18n'

const lang = computed(() => i18n.global.locale.value)
const HOUR = 3_600_000

export const today = (): string => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })

export const useRulebooks = () =>
  useQuery({ queryKey: computed(() => ['rulebooks', lang.value]), queryFn: () => fetchRulebooks(), staleTime: HOUR })

/** A published version never changes; only its wording follows the language of the page. */
export const useRulebook = (scheme: Ref<string>, version: Ref<string>) =>
  useQuery({
    queryKey: computed(() => ['rulebook', scheme.value, version.value, lang.value]),
    queryFn: () => fetchRulebook(scheme.value, version.value),
    staleTime: HOUR,
  })

export const useApplicable = (on: Ref<string>, region: Ref<string>) =>
  useQuery({
    queryKey: computed(() => ['applicable', on.value, region.value, lang.value]),
    queryFn: () => fetchApplicable({ on: on.value, region: region.value }),
    placeholderData: (before) => before,
  })
