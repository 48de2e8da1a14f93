import type { Area } from '../area.ts';
import { auditPageText } from '../texts/audit.ts';
import { caseAuditCsv, caseAuditJson, caseAuditPage } from './case-audit.tsx';
import { periodAuditCsv, periodAuditJson, periodAuditPage } from './period-audit.tsx';

export const audit: Area = {
  routes: [
    { path: '/console/cases/:id/audit', action: 'read-audit', get: caseAuditPage },
    { path: '/console/cases/:id/audit.csv', action: 'export-audit', get: caseAuditCsv },
    { path: '/console/cases/:id/audit.json', action: 'export-audit', get: caseAuditJson },
    { path: '/console/audit', action: 'export-audit', get: periodAuditPage },
    { path: '/console/audit.csv', action: 'export-audit', get: periodAuditCsv },
    { path: '/console/audit.json', action: 'export-audit', get: periodAuditJson },
  ],
  menu: { path: '/console/audit', action: 'export-audit', name: (language) => auditPageText[language].menu },
  rights: { group: 'traces', words: (language) => auditPageText[language].rights },
};
