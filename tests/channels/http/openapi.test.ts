import { describe, expect, it } from 'vitest';
import { operations } from '../../../src/channels/http/api-operations.ts';
import {
  answer,
  errorBody,
  faq,
  passage as passageSchema,
  widgetSettings,
} from '../../../src/channels/http/api-schemas.ts';
import { openApiDocument } from '../../../src/channels/http/openapi.ts';
import { createWidgetSettings } from '../../../src/conversation/widget-settings.ts';
import { readProjectFile, typescriptFiles } from '../../repository/source-files.ts';
import { passage, startServer } from './running-server.ts';

/** Addresses that people or browsers visit, and the description itself: no part of the API. */
const noApi = /^\/(?:$|faq$|openapi\.json$|widget-|.*\.(?:js|css|svg|html|map)$)/u;

const contacts = { emergencyNumber: '112', crisisLine: '0800 111 0 111', contact: 'desk@spa.example' };

describe('GET /openapi.json', () => {
  it('the routes of the server > each is described with its method, and no other', () => {
    const routes = typescriptFiles('src/channels/http').flatMap((path) =>
      [...readProjectFile(path).matchAll(/\bapp\.(get|post|put|delete)\('(\/[^']*)'/gu)].map(
        ([, method = '', route = '']) => `${method} ${route.replace('*', ':id')}`,
      ),
    );
    const wanted = routes.filter((route) => !noApi.test(route.replace(/^\w+ /u, '')));
    expect(wanted.length).toBeGreaterThan(5);
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...new Set(wanted)].sort());
  });

  it('served as JSON, with the body and the answer of a question', async () => {
    const { url } = await startServer();
    const response = await fetch(`${url}/openapi.json`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const document = (await response.json()) as ReturnType<typeof openApiDocument>;
    expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
    expect(document.paths['/api/ask']).toMatchObject({
      post: {
        requestBody: { content: { 'application/json': { schema: { required: ['question'] } } } },
        responses: { 200: {}, 400: {}, 404: {}, 409: {}, 413: {}, 415: {}, 429: {}, 503: {} },
      },
    });
  });

  it('real responses > are as described', async () => {
    const { ask, url } = await startServer();
    answer.strict().parse(await (await ask({ question: 'What is shiatsu?' })).json());
    passageSchema.strict().parse(await (await fetch(`${url}/api/passages/${encodeURIComponent(passage.id)}`)).json());
    faq.strict().parse(await (await fetch(`${url}/api/faq`)).json());
    const settings = createWidgetSettings({
      contacts,
      suggestions: () => ['What is shiatsu?'],
      articleLanguage: () => 'en',
    });
    widgetSettings.strict().parse(settings('de'));
    errorBody.strict().parse(await (await ask({ question: '' })).json());
  });
});
