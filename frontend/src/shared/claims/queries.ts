import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import * as api from '../api/accounts'

/** What a code means, asked while it is typed; a half-typed one is not asked about. */
export const useFoundFirm = (code: Ref<string>) =>
  useQuery({
    queryKey: computed(() => ['firm-of', code.value]),
    queryFn: () => api.findFirm(code.value),
    enabled: computed(() => code.value.length >= 15),
    staleTime: 30_000,
    retry: false,
    placeholderData: keepPreviousData,
  })
