import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'landing',
  routes: [{ path: '/', name: 'landing', component: () => import('./LandingPage.vue'), meta: { open: true } }],
}
