import { describe, expect, it } from 'vitest';
import type { Role } from '../../shared/domain/party.ts';
import { lackedBy } from '../../shared/entities/programme/team.ts';

const people = (...roles: Role[][]) => roles.map((each) => ({ roles: each }));
const two = { ceiling: 2, secondApprovalAbove: 1 };
const one = { ceiling: 1, secondApprovalAbove: 1 };

describe('whom a funder lacks for a programme', () => {
  it('is nobody, where there is somebody for each seat who may sit there', () => {
    expect(lackedBy(people(['reviewer'], ['approver'], ['approver'], ['finance']), two)).toEqual([]);
    expect(lackedBy(people(['reviewer'], ['approver'], ['finance']), one)).toEqual([]);
    // a reviewer may pay, and who leads takes any seat
    expect(lackedBy(people(['reviewer', 'finance'], ['approver']), one)).toEqual([]);
    expect(lackedBy(people(['programme-manager'], ['programme-manager'], ['programme-manager']), two)).toEqual([]);
    expect(lackedBy(people(['programme-manager'], ['programme-manager']), two)).toEqual(['second-approver']);
  });

  it('is whoever must be another person: nobody approves what they reviewed, nor pays what they approved', () => {
    expect(lackedBy(people(['reviewer', 'approver']), one)).toEqual(['approver', 'finance']);
    expect(lackedBy(people(['reviewer'], ['approver', 'finance']), one)).toEqual(['finance']);
    expect(lackedBy(people(['reviewer'], ['approver'], ['finance']), two)).toEqual(['second-approver']);
    expect(lackedBy(people(['reviewer', 'approver'], ['approver']), one)).toEqual(['finance']);
  });

  it('is everybody, of a funder without people', () => {
    expect(lackedBy([], two)).toEqual(['reviewer', 'approver', 'second-approver', 'finance']);
  });

  it('is found for a large team too', () => {
    const many = Array.from({ length: 400 }, () => people(['reviewer', 'approver'])).flat();
    expect(lackedBy(many, two)).toEqual(['finance']);
  });
});
