import { Button, Field, Heading, Label, Paragraph, Select } from '@amsterdam/design-system-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useMemo, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { newIdempotencyKey } from '../../api/http.js';
import {
  importsAt,
  importsQuery,
  templateAddress,
  uploadImport,
  type ImportDoor,
  type ImportKind,
  type ImportSummary,
} from '../../api/imports.js';
import { rowsOf } from '../../api/paging.js';
import { DataTable, type Column } from '../../ui/data-table.js';
import { formatInstant, formatNumber } from '../../ui/dates.js';
import { FileField } from '../../ui/file-field.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { Empty, Failure, Loading } from '../../ui/states.js';
import { oneOf } from '../../ui/use-filters.js';

/** Reading a file, examples of files, and what was read before. */
export function ImportsView({ door, tabs, about }: { door: ImportDoor; tabs: ReactNode; about?: string }) {
  const { t } = useTranslation('imports');
  return (
    <Page title={t('title')}>
      {tabs}
      <Paragraph>{t('intro')}</Paragraph>
      {about === undefined ? null : <Paragraph>{about}</Paragraph>}
      <section className="d-card d-stack" aria-labelledby="upload">
        <Heading level={2} id="upload">
          {t('upload')}
        </Heading>
        <UploadForm door={door} />
        <Templates door={door} />
      </section>
      <section className="d-stack" aria-labelledby="history">
        <Heading level={2} id="history">
          {t('history')}
        </Heading>
        <History door={door} />
      </section>
    </Page>
  );
}

function UploadForm({ door }: { door: ImportDoor }) {
  const { t } = useTranslation(['imports', 'common']);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const id = useId();
  const [kind, setKind] = useState<ImportKind>(door.kinds.find((each) => each === 'clients') ?? door.kinds[0]);
  const [file, setFile] = useState<File>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [failure, setFailure] = useState<unknown>();
  // One key per chosen file: pressing again after a broken connection continues the same import.
  const key = useRef<{ file: File; kind: string; key: string } | undefined>(undefined);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setFailure(undefined);
    if (file === undefined) {
      setProblem(t('chooseFile'));
      document.getElementById(`${id}file`)?.focus();
      return;
    }
    if (key.current?.file !== file || key.current.kind !== kind) key.current = { file, kind, key: newIdempotencyKey() };
    setBusy(true);
    try {
      const made = await uploadImport(door, kind, file, key.current.key);
      // Whoever comes back to the list finds it there.
      void queries.invalidateQueries(importsAt(door));
      await navigate(`${door.page}/${made.importId}`);
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <form className="d-form" noValidate onSubmit={(event) => void submit(event)}>
      {failure === undefined ? null : <Failure error={failure} headingLevel={3} />}
      {door.kinds.length < 2 ? null : (
        <Field className="d-field">
          <Label htmlFor={`${id}kind`}>{t('kind')}</Label>
          <Select
            id={`${id}kind`}
            value={kind}
            onChange={(event) => setKind(oneOf(door.kinds, event.target.value) ?? kind)}
          >
            {door.kinds.map((each) => (
              <Select.Option key={each} value={each}>
                {t(`kinds.${each}`)}
              </Select.Option>
            ))}
          </Select>
        </Field>
      )}
      <Field className="d-field" invalid={problem !== undefined}>
        <Label htmlFor={`${id}file`}>{t('file')}</Label>
        <p className="d-hint" id={`${id}hint`}>
          {t('fileHint')}
        </p>
        {problem === undefined ? null : (
          <p className="d-late" id={`${id}problem`} role="alert">
            {problem}
          </p>
        )}
        <FileField
          id={`${id}file`}
          accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          describedBy={problem === undefined ? `${id}hint` : `${id}hint ${id}problem`}
          onChoose={(chosen) => {
            setFile(chosen);
            setProblem(undefined);
          }}
        />
      </Field>
      <div className="d-actions">
        <Button type="submit" disabled={busy}>
          {busy ? t('common:state.busy') : t('submit')}
        </Button>
      </div>
    </form>
  );
}

function Templates({ door }: { door: ImportDoor }) {
  const { t } = useTranslation('imports');
  return (
    <div>
      <p>
        <strong>{t('templates')}</strong>
      </p>
      <ul className="d-actions">
        {door.kinds.flatMap((kind) =>
          (['csv', 'xlsx'] as const).map((format) => (
            <li key={`${kind}-${format}`}>
              <a className="ams-link" href={templateAddress(kind, format)} download>
                {t('template', { kind: t(`kinds.${kind}`), format: format === 'csv' ? 'CSV' : 'Excel' })}
              </a>
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

function History({ door }: { door: ImportDoor }) {
  const { t } = useTranslation('imports');
  const query = useInfiniteQuery(importsQuery(door));
  const rows = rowsOf(query.data);
  const people = useMemo(() => {
    const entries = query.data?.pages.flatMap((page) => Object.entries(page.names?.people ?? {})) ?? [];
    return new Map(entries);
  }, [query.data]);
  const columns = useMemo((): Column<ImportSummary>[] => {
    const count = (id: 'rows' | 'errors' | 'done', value: (row: ImportSummary) => number): Column<ImportSummary> => ({
      id,
      header: t(`column.${id}`),
      align: 'end',
      cell: (row) => formatNumber(value(row)),
      text: (row) => String(value(row)),
    });
    const text = (
      id: 'kind' | 'state' | 'by' | 'at',
      value: (row: ImportSummary) => string,
    ): Column<ImportSummary> => ({
      id,
      header: t(`column.${id}`),
      cell: value,
      text: value,
    });
    return [
      {
        id: 'file',
        header: t('column.file'),
        isName: true,
        cell: (row) => (
          <Link className="ams-link" to={`${door.page}/${row.importId}`}>
            {row.fileName}
          </Link>
        ),
        text: (row) => row.fileName,
      },
      text('kind', (row) => t(`kinds.${row.kind}`)),
      text('state', (row) => t(`state.${row.state}`)),
      count('rows', (row) => row.rows.total),
      count('errors', (row) => row.rows.errors + row.rows.refused),
      count('done', (row) => row.rows.done),
      text('by', (row) => people.get(row.createdBy) ?? ''),
      text('at', (row) => formatInstant(row.createdAt)),
    ];
  }, [t, people, door]);
  if (query.isPending) return <Loading shape="table" />;
  if (query.error !== null) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) {
    return (
      <Empty title={t('empty')}>
        <p>{t('emptyHelp')}</p>
      </Empty>
    );
  }
  return (
    <DataTable
      name="imports"
      caption={t('history')}
      columns={columns}
      rows={rows}
      keyOf={(row) => row.importId}
      footer={<More of={query} />}
    />
  );
}
