import { useQueryClient } from '@tanstack/vue-query'
import { computed, ref, shallowRef, type Ref } from 'vue'

import { judgePairs, type Weighing } from '@/shared/api/workshop'
import type { Id } from '@/shared/api/types'
import { i18n } from '@/shared/i18n'

type Judgements = Weighing['judgements']

/** Answers go out one after another, the newest of all: however quickly they are given, none takes another's place. */
export function useJudgements(id: Ref<Id>, group: Ref<string>, stored: () => Judgements) {
  const client = useQueryClient()
  const ahead = shallowRef<Judgements | null>(null)
  const isSending = ref(false)
  const error = ref<unknown>(null)
  const judgements = computed(() => ahead.value ?? stored())

  async function send() {
    isSending.value = true
    error.value = null
    let sent: Judgements | null = null
    while (ahead.value && ahead.value !== sent) {
      sent = ahead.value
      await judgePairs(id.value, group.value, sent).then(
        (answer) => client.setQueryData(['draft', String(id.value), 'weights', group.value, i18n.global.locale.value], answer),
        (problem) => { error.value = problem },
      )
    }
    ahead.value = null
    isSending.value = false
  }

  function judge(key: string, judgement: string) {
    const others = Object.fromEntries(Object.entries(judgements.value).filter(([one]) => one !== key))
    ahead.value = judgement ? { ...others, [key]: judgement } : others
    if (!isSending.value) void send()
  }
  return { judgements, isSending, error, judge }
}
