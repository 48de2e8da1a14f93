import { GetObjectCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { ANCHORS, Anchor } from '../../../shared/audit/anchor.ts';
import type { Fault } from './faults.ts';
import type { KnownChains } from './known-chains.ts';

/** How many anchors are read at once. */
const AT_ONCE = 32;

/**
 * Reads every version of every anchor: one that was written over or hidden behind a delete marker is still there, and
 * counts. Cost: one list a thousand versions, one get each.
 */
export async function readAnchors(s3: S3Client, bucket: string, known: KnownChains): Promise<Fault[]> {
  const faults: Fault[] = [];
  const covered = (where: string | undefined): void =>
    void faults.push({ what: 'covered', chain: '', where: where ?? '' });
  let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: ANCHORS, ...markers }));
    for (const { Key } of page.DeleteMarkers ?? []) covered(Key);
    const versions = page.Versions ?? [];
    for (const { Key, IsLatest } of versions) {
      // behind a delete marker it is told once
      if (!IsLatest && !page.DeleteMarkers?.some((marker) => marker.Key === Key)) covered(Key);
    }
    for (let start = 0; start < versions.length; start += AT_ONCE) {
      const anchors = await Promise.all(
        versions.slice(start, start + AT_ONCE).map(async ({ Key, VersionId }) => {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key, VersionId }));
          return Anchor.parse(JSON.parse((await Body?.transformToString()) ?? ''));
        }),
      );
      known.anchored(anchors.flatMap(({ heads }) => heads));
    }
    if (!page.IsTruncated) return faults;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}
