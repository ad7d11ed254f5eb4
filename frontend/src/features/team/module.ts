import type { FeatureModule } from '@/shared/module'

const feature = 'team'

export const module: FeatureModule = {
  name: 'team',
  feature,
  menu: { label: 'layout.team', to: '/team', order: 60 },
  routes: [
    { path: '/team', name: 'team', component: () => import('./TeamPage.vue'), meta: { feature, title: 'team.title' } },
    { path: '/team/firm', name: 'team-firm', component: () => import('./TeamPage.vue'), meta: { feature, title: 'team.tab.firm', keepScroll: true } },
  ],
}
