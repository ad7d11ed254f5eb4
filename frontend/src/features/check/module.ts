import type { FeatureModule } from '@/shared/module'

const meta = { open: true, title: 'check.title' }

export const module: FeatureModule = {
  name: 'check',
  routes: [
    { path: '/check', name: 'check', component: () => import('./CheckPage.vue'), meta },
    { path: '/check/:token', name: 'check-token', component: () => import('./CheckPage.vue'), meta },
  ],
}
