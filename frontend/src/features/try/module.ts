import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'try',
  menu: { label: 'layout.try', to: '/try', order: 85 },
  routes: [{ path: '/try', name: 'try', component: () => import('./TryPage.vue'), meta: { open: true, title: 'try.title' } }],
}
