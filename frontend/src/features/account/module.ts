import type { FeatureModule } from '@/shared/module'

export const module: FeatureModule = {
  name: 'account',
  routes: [{ path: '/account', name: 'account', component: () => import('./AccountPage.vue'), meta: { title: 'account.title' } }],
}
