import type { FeatureModule } from '@/shared/module'

const feature = 'designations'

export const module: FeatureModule = {
  name: 'designations',
  feature,
  menu: { label: 'layout.designations', to: '/designations', order: 40 },
  routes: [
    { path: '/designations', name: 'designations', component: () => import('./DesignationsPage.vue'), meta: { feature, title: 'designations.title' } },
    { path: '/designations/lists', name: 'designation-lists', component: () => import('./DesignationsPage.vue'), meta: { feature, title: 'designations.tab.lists', keepScroll: true } },
    { path: '/designations/lists/:id', name: 'designation-list', component: () => import('./ListPage.vue'), meta: { feature, title: 'designations.list.one' } },
  ],
}
