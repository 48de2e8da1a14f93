/** What can be wrong with a chain, each with what it means. */
export const meanings = {
  altered: 'the entry does not have the content that its hash was made of',
  unlinked: 'the entry does not follow the one before it: one of the two was put in, replaced or moved',
  hidden: 'the entry is not where an export of the time in which it happened looks for it',
  misplaced: 'the entry stands in the place of another',
  removed: 'the entry is not there',
  rewritten: 'the entry is not the one that was anchored',
  unchained: 'the entry is bound to nothing',
  'not-the-head': 'where the chain is said to end is not its last entry',
  missing: 'the whole chain is gone: it was anchored, or another names it',
  'case-altered': 'the case is not as its last event left it',
  'decision-altered': 'a decision does not say what it said when it was made',
  'reason-altered': 'the reason that was given is not the one that was written down',
  'reason-removed': 'the reason that was given is gone before its time',
  'not-of-parent': 'the case does not begin at the event by which another was split',
  unanchored: 'neither the entry nor any after it in its chain was ever anchored, though its time has come',
  unreadable: 'what is sealed in the chain was changed, cut, or put in the place of another',
  'interest-removed': 'an interest that somebody declared is not in force any more, and no event took it back',
  'interest-added': 'an interest is in force that no event declared, or after one took it back',
  'roles-altered': 'a member has other roles than the trail of their party gave them',
  'member-added': 'a member is in a party whose trail does not say that they joined',
  'member-removed': 'a member is not there, and the trail of their party does not say that they left',
  'member-altered': 'a member has another name or mail address than when they joined',
  'session-added': 'somebody is signed in as a member, and no trail says that they signed in',
  'stand-in-altered': 'who may answer in another’s place is not as they named it, or ended it',
  'party-altered': 'a party, its hub’s parent too, is not as it was entered',
  'programme-altered': 'the terms of a programme are not those that were published',
  'offer-altered': 'what an offer is for, how much, or whose, is not what its donor said',
  'balance-altered': 'what a programme or an offer has left is not what it began with less what cases have of it',
  'task-altered': 'a question is not put to whom the history of its case says',
  'index-altered': 'an item stands in an index where its content does not belong',
  'address-altered': 'a mail address is an organization’s that did not confirm it, or is not, and its trail says so',
  'account-unlinked': 'two accounts of one person do not count as one any more',
  'membership-hidden': 'somebody is a member of an organization, and its cases are not kept from them',
  covered: 'an anchor was written over or deleted; what it said is still kept, and was used',
} as const;

/** Something that is not as it was written. */
export interface Fault {
  readonly what: keyof typeof meanings;
  readonly chain: string;
  /** the entry's place in the chain: for a case its version */
  readonly seq?: number;
  readonly where: string;
}
