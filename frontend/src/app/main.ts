import '@/shared/styles/tokens.css'
import '@/shared/styles/base.css'
import '@/shared/styles/element.css'
import '@/shared/styles/print.css'

import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'

import { i18n, preferredLocale, setLocale } from '@/shared/i18n'

import App from './App.vue'
import { makeQueryClient } from './query'
import { makeRouter } from './router'

async function start(): Promise<void> {
  await setLocale(preferredLocale())
  const queryClient = makeQueryClient(() => {
    queryClient.setQueryData(['me'], null)
    const here = router.currentRoute.value
    if (!here.meta.open) void router.push({ name: 'login', query: { next: here.fullPath, expired: '1' } })
  })
  const router = makeRouter(queryClient)
  createApp(App).use(i18n).use(VueQueryPlugin, { queryClient }).use(router).mount('#app')
}

void start()
