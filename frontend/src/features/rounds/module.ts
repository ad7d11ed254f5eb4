import type { FeatureModule } from '@/shared/module'

const feature = 'rounds'
const sub = { feature, keepScroll: true }

export const module: FeatureModule = {
  name: 'rounds',
  feature,
  menu: { label: 'layout.rounds', to: '/rounds', order: 20 },
  routes: [
    { path: '/rounds', name: 'rounds', component: () => import('./RoundsPage.vue'), meta: { feature, title: 'rounds.title' } },
    { path: '/rounds/new', name: 'round-new', component: () => import('./NewRoundPage.vue'), meta: { feature, title: 'rounds.new.title' } },
    {
      path: '/rounds/:id',
      component: () => import('./RoundPage.vue'),
      meta: { feature },
      children: [
        { path: '', name: 'round', component: () => import('./overview/OverviewTab.vue'), meta: { ...sub, title: 'rounds.tab.overview' } },
        { path: 'problems', name: 'round-problems', component: () => import('./problems/ProblemsTab.vue'), meta: { ...sub, title: 'rounds.tab.problems' } },
        { path: 'pool', name: 'round-pool', component: () => import('./pool/PoolTab.vue'), meta: { ...sub, title: 'rounds.tab.pool' } },
        { path: 'firms', name: 'round-firms', component: () => import('./firms/FirmsTab.vue'), meta: { ...sub, title: 'rounds.tab.firms' } },
        { path: 'plans', name: 'round-plans', component: () => import('./list/PlansTab.vue'), meta: { ...sub, title: 'rounds.tab.plans' } },
        { path: 'list', name: 'round-list', component: () => import('./list/ListTab.vue'), meta: { ...sub, title: 'rounds.tab.list' } },
        { path: 'certificates', name: 'round-certificates', component: () => import('./list/CertificatesTab.vue'), meta: { ...sub, title: 'rounds.tab.certificates' } },
      ],
    },
  ],
}
