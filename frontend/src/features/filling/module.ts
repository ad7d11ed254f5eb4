import type { FeatureModule } from '@/shared/module'

const feature = 'filling'

export const module: FeatureModule = {
  name: 'filling',
  feature,
  menu: { label: 'layout.filling', to: '/filling', order: 15 },
  routes: [
    { path: '/filling', name: 'filling', component: () => import('./FillingPage.vue'), meta: { feature, title: 'filling.title' } },
    { path: '/filling/:id', name: 'filling-form', component: () => import('./form/FormPage.vue'), meta: { feature, title: 'filling.title', keepScroll: true } },
    { path: '/filling/:id/check', name: 'filling-check', component: () => import('./check/CheckPage.vue'), meta: { feature, title: 'filling.check.title' } },
    { path: '/filling/:id/ledger', name: 'filling-ledger', component: () => import('./ledger/LedgerPage.vue'), meta: { feature, title: 'ledger.title' } },
    { path: '/filling/:id/evidence', name: 'filling-evidence', component: () => import('./evidence/EvidencePage.vue'), meta: { feature, title: 'evidence.all' } },
    { path: '/filling/:id/programmes', name: 'filling-programmes', component: () => import('./programmes/ProgrammesPage.vue'), meta: { feature, title: 'filling.all.title' } },
    { path: '/filling/:id/excel', name: 'filling-excel', component: () => import('./excel/ExcelPage.vue'), meta: { feature, title: 'filling.excel.title' } },
  ],
}
