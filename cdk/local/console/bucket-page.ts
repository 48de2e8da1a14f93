import { ServiceError } from '../types.ts';
import { html, type Markup } from './html.ts';
import type { PageContext } from './index.ts';
import { moment } from './moment.ts';

const MOST = 100;

/** What lies in a bucket, all versions, a page at a time; `?after=` is a key. With `?version=` what an object holds. */
export async function bucketPage({ blueprint, services, query }: PageContext, name: string): Promise<Markup> {
  const [bucketName = '', ...rest] = name.split('/');
  const bucket = blueprint.buckets.find((each) => each.name === bucketName);
  if (bucket === undefined) throw new ServiceError('NoSuchBucket', `There is no bucket ${bucketName}.`, 404);
  const key = rest.join('/');
  const { objects } = services;
  const version = query.get('version');
  if (version !== null) {
    if (!objects.find(bucketName, key, version)) throw new ServiceError('NoSuchKey', `There is no ${key}.`, 404);
    return html`<h1>${key}</h1><pre>${objects.content(bucketName, key, version).toString('utf8')}</pre>`;
  }
  const after = query.get('after');
  const page = objects.versions(bucketName, {
    prefix: '',
    after: after === null ? undefined : { key: after },
    most: MOST,
  });
  const last = page.length === MOST ? page.at(-1)?.key : undefined;
  const retention = bucket.retention;
  return html`<h1>${bucketName}</h1>
    <p>${bucket.versioned ? 'Keeps versions' : 'Keeps no versions'}${
      retention ? `; locks a version for ${retention.millis / 86_400_000} days (${retention.mode})` : ''
    }.</p>
    <table tabindex="0"><tr><th>Key</th><th>Modified</th><th>Bytes</th><th>Locked until</th></tr>${page.map(
      (each) => html`<tr><td>${
        each.isMarker
          ? `${each.key} (delete marker)`
          : html`<a href="/_aws/buckets/${bucketName}/${each.key}?version=${each.id}">${each.key}</a>`
      }</td><td>${moment(each.modifiedAt)}</td><td>${each.size}</td>
        <td>${each.retention ? moment(each.retention.until) : ''}</td></tr>`,
    )}</table>
    ${last === undefined ? '' : html`<p><a href="/_aws/buckets/${bucketName}?after=${encodeURIComponent(last)}">More</a></p>`}`;
}
