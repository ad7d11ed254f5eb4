import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'standing',
  routes: [
    { path: '/assessments/:id/peers', name: 'peers', component: () => import('./PeersPage.vue'), meta: { title: 'standing.peers.title' } },
    { path: '/assessments/:id/years', name: 'years', component: () => import('./YearsPage.vue'), meta: { title: 'standing.years.title' } },
  ],
}
