import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'

import * as api from './api/endpoints'
import type { Assessment, Id } from './api/types'

type MaybeId = Ref<Id | null | undefined>

/** A company's own page names the ids of its latest result, plan and certificate. */
export const useHome = () => useQuery({ queryKey: ['home'], queryFn: api.fetchHome })

export const useAssessment = (id: MaybeId) =>
  useQuery({
    queryKey: computed(() => ['assessment', String(id.value)]),
    queryFn: () => api.fetchAssessment(id.value!),
    enabled: computed(() => Boolean(id.value)),
  })

export const usePlan = (id: MaybeId) =>
  useQuery({
    queryKey: computed(() => ['plan', String(id.value)]),
    queryFn: () => api.fetchPlan(id.value!),
    enabled: computed(() => Boolean(id.value)),
  })

/** The plan written for one result, if there is one that the reader may see. */
export const usePlanOf = (assessment: Ref<Assessment>) =>
  useQuery({
    queryKey: computed(() => ['plans', 'of', assessment.value.id]),
    queryFn: async () => {
      const page = await api.fetchPlans({ round: assessment.value.round.id, assessment: assessment.value.id })
      return page.results.find((plan) => plan.assessment === assessment.value.id) ?? null
    },
  })

export const useCertificateOf = (assessment: Ref<Assessment>) =>
  useQuery({
    queryKey: computed(() => ['certificates', 'of', assessment.value.id]),
    queryFn: async () => {
      const { round, enterprise } = assessment.value
      const page = await api.fetchCertificates({ round: round.id, uscc: enterprise.uscc, size: 20 })
      return page.results.find((one) => one.uscc === enterprise.uscc) ?? null
    },
  })
