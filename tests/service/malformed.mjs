// malformed.mjs: requests that are not HTTP, or that another program would read otherwise, are
// refused, the connection is closed, and nothing is done. Each is sent as one that would sign
// somebody out, with a good one right behind it: neither may be answered.
import { ask, must, raw, same, signIn, test } from './kit.mjs';

const line = 'POST /sign-out HTTP/1.1';
const good = (service, cookie) => [`Host: 127.0.0.1:${service.port}`, `Cookie: ${cookie}`,
    `Origin: ${service.origin}`];

// Name, and what is sent: a function of the good headers.
const lines = (first, headers, body = '') => `${[first, ...headers].join('\r\n')}\r\n\r\n${body}`;
const with_ = (...more) => (headers) => lines(line, [...headers, ...more]);
const sent = (more, body) => (headers) => lines(line, [...headers, more], body);
const chunked = (body) => sent('Transfer-Encoding: chunked', body);
const first = (other) => (headers) => lines(other, [...headers, 'Content-Length: 0']);
const at = (address) => first(`GET ${address} HTTP/1.1`);

const cases = [
    ['a bare line end behind the first line',
        (headers) => `${line}\n${headers.join('\r\n')}\r\n\r\n`],
    ['a bare line end behind a header',
        (headers) => `${line}\r\n${headers.join('\r\n')}\nX: a\r\n\r\n`],
    ['a bare line end behind the last header',
        (headers) => `${line}\r\n${headers.join('\r\n')}\n\r\n`],
    ['a bare line end for the empty line',
        (headers) => `${line}\r\n${headers.join('\r\n')}\r\n\n`],
    ['bare line ends throughout', (headers) => `${line}\n${headers.join('\n')}\n\n`],
    ['a lone carriage return in a value', with_('X: a\rb')],
    ['a lone carriage return behind the last header', with_('X: a\r')],
    ['a zero in a value', with_('X: a\0b')],
    ['a zero at the end of a value', with_('X: a\0', 'Y: b')],
    ['a zero in a name', with_('X\0Y: a')],
    ['a zero in the address', first('POST /sign-out\0x HTTP/1.1')],
    ['a zero behind the version', first(`${line}\0`)],
    ['a bell in a value', with_('X: a\x07b')],
    ['DEL in a value', with_('X: a\x7fb')],
    ['an escape in a name', with_('X\x1b: a')],
    ['a folded line with a space', with_('X: a', ' b')],
    ['a folded line with a tab', with_('X: a', '\tb')],
    ['a folded line first', (headers) => lines(line, [' X: a', ...headers])],
    ['a folded length', with_('Content-Length:', ' 0')],
    ['a space before the colon', with_('X : a')],
    ['a tab before the colon', with_('X\t: a')],
    ['a space in a name', with_('X Y: a')],
    ['no colon', with_('X')],
    ['no name', with_(': a')],
    ['a name in brackets', with_('(X): a')],
    ['a name beyond ASCII', with_('X\xe9: a')],
    ['two spaces in the first line', first('POST  /sign-out HTTP/1.1')],
    ['two spaces before the version', first('POST /sign-out  HTTP/1.1')],
    ['a tab in the first line', first('POST\t/sign-out HTTP/1.1')],
    ['a space behind the version', first(`${line} `)],
    ['a space before the method', first(` ${line}`)],
    ['three words for an address', first('POST /sign-out /x HTTP/1.1')],
    ['HTTP/0.9', () => 'GET /health\r\n'],
    ['HTTP/0.9 with headers', first('GET /health')],
    ['HTTP/2.0', first('POST /sign-out HTTP/2.0'), [400, 505]],
    ['HTTP/1.2', first('POST /sign-out HTTP/1.2')],
    ['HTTP/1.10', first('POST /sign-out HTTP/1.10')],
    ['http in small letters', first('POST /sign-out http/1.1')],
    ['no version', first('POST /sign-out HTTP/')],
    ['another protocol', first('POST /sign-out ICAP/1.1')],
    ['the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400, 505]],
    ['TLS on a port without', () => '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03'],
    ['an absolute address', first('POST http://127.0.0.1/sign-out HTTP/1.1')],
    ['an address of a host', first('CONNECT 127.0.0.1:443 HTTP/1.1')],
    ['a star', first('OPTIONS * HTTP/1.1')],
    ['no address', first('POST HTTP/1.1')],
    ['an address without its slash', first('POST sign-out HTTP/1.1')],
    ['a method with a sign in it', first('P@ST /sign-out HTTP/1.1'), [400, 405]],
    ['two hosts', with_('Host: evil.example')],
    ['two hosts alike', (headers) => lines(line, [headers[0], ...headers])],
    ['no host', (headers) => lines(line, headers.slice(1))],
    ['a host with a path', (headers) => lines(line, ['Host: 127.0.0.1/x', ...headers.slice(1)]),
        [421]],
    ['a host with a user', (headers) => lines(line, ['Host: a@127.0.0.1', ...headers.slice(1)]),
        [421]],
    ['an empty host', (headers) => lines(line, ['Host:', ...headers.slice(1)]), [400, 403, 421]],
    ['a length and an encoding',
        with_('Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['an encoding and a length',
        (headers) => lines(line, [...headers, 'Transfer-Encoding: chunked', 'Content-Length: 3'],
            '0\r\n\r\n')],
    ['two lengths', with_('Content-Length: 0', 'Content-Length: 5')],
    ['two lengths alike', with_('Content-Length: 0', 'Content-Length: 0')],
    ['two lengths in one', with_('Content-Length: 0, 0')],
    ['a length below nothing', with_('Content-Length: -1')],
    ['a length with a plus', with_('Content-Length: +0')],
    ['a length in hexadecimal', with_('Content-Length: 0x0')],
    ['a length with an exponent', with_('Content-Length: 0e1')],
    ['a length with a point', with_('Content-Length: 0.0')],
    ['an empty length', with_('Content-Length:')],
    ['a length that no number holds', with_('Content-Length: 99999999999999999999999'),
        [400, 413]],
    ['a length of 2^64', with_('Content-Length: 18446744073709551616'), [400, 413]],
    ['a length of 2^63', with_('Content-Length: 9223372036854775808'), [400, 413]],
    ['the largest length', with_('Content-Length: 18446744073709551615'), [400, 413]],
    ['an encoding that is none', with_('Transfer-Encoding: identity')],
    ['an encoding with a letter too many', with_('Transfer-Encoding: xchunked')],
    ['an encoding twice in one', with_('Transfer-Encoding: chunked, chunked')],
    ['an encoding twice', with_('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')],
    ['gzip in pieces', with_('Transfer-Encoding: gzip, chunked')],
    ['an encoding with something behind it', with_('Transfer-Encoding: chunked;x')],
    ['an encoding in HTTP/1.0', (headers) => lines('POST /sign-out HTTP/1.0',
        [...headers, 'Transfer-Encoding: chunked'], '0\r\n\r\n')],
    ['a piece whose size is no number', chunked('zz\r\nabc\r\n0\r\n\r\n')],
    ['a piece with 0x', chunked('0x1\r\na\r\n0\r\n\r\n')],
    ['a piece below nothing', chunked('-1\r\na\r\n0\r\n\r\n')],
    ['a piece with a plus', chunked('+1\r\na\r\n0\r\n\r\n')],
    ['a piece that no number holds', chunked('fffffffffffffffff\r\na\r\n0\r\n\r\n'),
        [400, 413]],
    ['a piece longer than it says', chunked('1\r\nabc\r\n0\r\n\r\n')],
    ['a piece without a size', chunked('\r\na\r\n0\r\n\r\n')],
    ['a read with a body', (headers) => lines('GET /account HTTP/1.1',
        [...headers, 'Content-Length: 4'], 'abcd')],
    ['a read with a body in pieces', (headers) => lines('GET /account HTTP/1.1',
        [...headers, 'Transfer-Encoding: chunked'], '0\r\n\r\n')],
    ['a line that is too long', first(`POST /sign-out?${'a'.repeat(40000)} HTTP/1.1`),
        [400, 413, 414, 431]],
    ['a header that is too long', with_(`X: ${'a'.repeat(40000)}`), [400, 413, 431]],
    ['too many headers', with_(...Array.from({ length: 4000 }, (_, i) => `X${i}: a`)),
        [400, 413, 431]],
    ['too many fields in an address', at(`/health?${'a=b&'.repeat(70)}`)],
    ['%00 in a path', at('/health%00')],
    ['%00 in a query', at('/health?a=%00')],
    ['a slash that is written %2f', at('/law%2f2022')],
    ['a line end in a path', at('/health%0d%0aX:%20y')],
    ['two points', at('/law/../health')],
    ['two points that are written %2e', at('/law/%2e%2e/health')],
    ['one point', at('/./health')],
    ['two slashes', at('//health')],
    ['an overlong slash', at('/health%c0%af')],
    ['an overlong point', at('/%c0%ae%c0%ae/health')],
    ['a half of a pair', at('/health%ed%a0%80')],
    ['beyond Unicode', at('/health%f4%90%80%80')],
    ['half a character', at('/health%e4%b8')],
    ['half an escape', at('/health%4')],
    ['an escape that is none', at('/health%zz')],
    ['a raw byte beyond ASCII', at('/health\xc3\xa9')],
    ['a fragment', at('/health#x')],
];

export function malformed(service) {
    let cookie;
    test('somebody is signed in', async () => {
        cookie = await signIn(service, 'center');
        const before = await ask(service, '/account', { cookie });
        same(before.status, 200);
    });
    for (const [what, make, statuses = [400]] of cases) {
        test(`malformed: ${what}`, async () => {
            const behind = `GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
            const { text, closed } = await raw(service, make(good(service, cookie)) + behind);
            const status = +(/^HTTP\/1\.[01] (\d+)/.exec(text)?.[1] ?? 0);
            must(status === 0 || statuses.includes(status), `${status}\n${text.slice(0, 600)}`);
            must(closed, `stays open\n${text.slice(0, 600)}`);
            must(!text.includes('"status":"ok"') && !/ 30[0-9] /.test(text), text.slice(0, 2000));
        });
    }
    test('a zero at the very end of the headers is cut off, and hides nothing', async () => {
        const { text } = await raw(service,
            'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0\r\n\r\n' +
            'GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', { quiet: 1500 });
        same([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((found) => +found[1]), [200, 404]);
    });
    test('none of these did anything', async () => {
        const after = await ask(service, '/account', { cookie });
        same(after.status, 200, 'still signed in:');
    });
    test('sent in small parts a malformed request is refused the same', async () => {
        for (const parts of [[`${line}\r`, '\n', 'Host: 127.0.0.1\n', 'X: y\r\n\r\n'],
            [`${line}\r\nHost: 127.0.0.1\r\nX: a`, '\r\n', ' b\r\n', '\r\n'],
            [`${line}\r\nHost: 127.0.0.1\r\nX: a\0`, 'b\r\n\r', '\n']]) {
            const { text, closed } = await raw(service, parts);
            must(closed && text.startsWith('HTTP/1.1 400 '), `${closed} ${text.slice(0, 300)}`);
        }
    });
    test('a good request in small parts, with empty and wide values, is answered', async () => {
        const text = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${service.port}\r\nA:\r\n` +
            `B:  \t x \r\nC: ${'c'.repeat(5000)}\r\n` +
            'Cookie: a=b; c="d"; shencha=x\r\nD: a\tb\r\nE:x\r\n\r\n';
        const parts = text.match(/[\s\S]{1,97}/g);
        for (const sent of [text, parts]) {
            const reply = await raw(service, sent, { quiet: 1500 });
            must(reply.text.startsWith('HTTP/1.1 200 '), reply.text.slice(0, 500));
        }
    });
    test('good requests one behind another are answered in their order', async () => {
        const one = (where) => `GET ${where} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
        const { text } = await raw(service, one('/health') + one('/nowhere') +
            one('/sign-in') + one('/health'), { quiet: 1500 });
        same([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((found) => +found[1]),
            [200, 404, 200, 200]);
    });
    test('HTTP/1.0 is answered and closed', async () => {
        const { text, closed } = await raw(service, 'GET /health HTTP/1.0\r\n\r\n');
        must(closed && / 200 /.test(text.slice(0, 20)), text);
    });
    test('a good request would have signed out', async () => {
        const { text } = await raw(service,
            lines(line, [...good(service, cookie), 'Content-Length: 0']), { quiet: 1500 });
        must(text.startsWith('HTTP/1.1 303 '), text.slice(0, 500));
        const after = await ask(service, '/account', { cookie });
        same(after.status, 303, 'signed out:');
    });
}
