import type { Area } from '../area.ts';
import { auditPageText } from '../texts/audit.ts';
import { caseAuditCsv, caseAuditJson, caseAuditPage } from './case-audit.tsx';
import { periodAuditCsv, periodAuditJson, periodAuditPage } from './period-audit.tsx';

export const audit: Area = {
  routes: [
    { method: 'get', path: '/console/cases/:id/audit', action: 'read-audit', handle: caseAuditPage },
    { method: 'get', path: '/console/cases/:id/audit.csv', action: 'export-audit', handle: caseAuditCsv },
    { method: 'get', path: '/console/cases/:id/audit.json', action: 'export-audit', handle: caseAuditJson },
    { method: 'get', path: '/console/audit', action: 'export-audit', handle: periodAuditPage },
    { method: 'get', path: '/console/audit.csv', action: 'export-audit', handle: periodAuditCsv },
    { method: 'get', path: '/console/audit.json', action: 'export-audit', handle: periodAuditJson },
  ],
  menu: { path: '/console/audit', action: 'export-audit', name: (language) => auditPageText[language].menu },
  rights: { group: 'traces', words: (language) => auditPageText[language].rights },
};
