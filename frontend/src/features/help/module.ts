import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'help',
  routes: [{ path: '/help', name: 'help', component: () => import('./HelpPage.vue'), meta: { open: true, title: 'help.title' } }],
}
