import { Button, Heading, InvalidFormAlert } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../api/problem.js';
import { dueSettingsQuery, saveDueSettings, zrmSettingsKeys, type DueInForce } from '../../api/zrm-settings.js';
import { useAnnounce } from '../../ui/announcer.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Failure } from '../../ui/states.js';
import { useLeaveGuard } from '../zrm/use-leave-guard.js';
import { Leaving } from '../zrm/zrm-dialogs.js';
import { DuePreview } from './due-preview.js';
import { settingsOf, valuesOf, type DueValues } from './due-values.js';
import { LadderFields } from './ladder-fields.js';
import { TermField, TextSetting } from './term-field.js';

const idOf = (path: string): string => `zrm-due-${path.replaceAll(/[[\].]+/g, '-')}`;
type TermName = 'baselineTerm' | 'targetTerm' | 'returnTerm';

/** All settings of due dates with what they would do beside them; saved as a whole. */
export function DueForm({ inForce }: { inForce: DueInForce }) {
  const { t } = useTranslation(['zrm-settings', 'common']);
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [values, setValues] = useState<DueValues>(() => valuesOf(inForce.settings));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const isUnsaved = useRef(false);
  const guard = useLeaveGuard(
    () => isUnsaved.current,
    () => Promise.resolve(false),
  );
  const change = (part: Partial<DueValues>, path: string): void => {
    isUnsaved.current = true;
    setValues((before) => ({ ...before, ...part }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([at]) => !at.startsWith(path))));
  };
  const settings = settingsOf(values);
  const save = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    setErrors({});
    try {
      const saved = await saveDueSettings(inForce.version, settings);
      isUnsaved.current = false;
      announce(t('saved'));
      queries.setQueryData(dueSettingsQuery.queryKey, saved);
      await queries.invalidateQueries({ queryKey: zrmSettingsKeys.due });
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : [];
      setErrors(Object.fromEntries(fields.map((field) => [field.path, inLanguage(field)])));
      if (fields.length === 0) setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const reload = async (): Promise<void> => {
    isUnsaved.current = false;
    await queries.invalidateQueries({ queryKey: zrmSettingsKeys.due });
  };
  const term = (name: TermName) => (
    <TermField
      id={idOf(name)}
      label={t(`due.${name}`)}
      value={values[name]}
      error={errorUnder(errors, name)}
      onChange={(next) => change({ [name]: next }, name)}
    />
  );
  const found = Object.entries(errors);
  const prefix = t('common:error.prefix').toLowerCase();
  return (
    <form
      className="d-zrm-settings"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="d-form">
        {found.length === 0 ? null : (
          <InvalidFormAlert
            key={found.map(([path]) => path).join()}
            heading={t('common:error.summary')}
            headingLevel={2}
            errorCountLabel={{ singular: prefix, plural: prefix }}
            errors={found.map(([path, text]) => ({ id: `#${fieldOf(path)}`, label: text }))}
          />
        )}
        {failure === undefined ? null : (
          <Failure error={failure} onRetry={() => void reload()} retryLabel={t('common:error.reload')} />
        )}
        <Heading level={2}>{t('due.terms')}</Heading>
        <TextSetting
          id={idOf('intervalMonths')}
          label={t('due.interval')}
          value={values.intervalMonths}
          error={errors['intervalMonths']}
          onChange={(intervalMonths) => change({ intervalMonths }, 'intervalMonths')}
        />
        {term('baselineTerm')}
        {term('targetTerm')}
        <Heading level={2}>{t('due.leave')}</Heading>
        <TextSetting
          id={idOf('longLeaveNights')}
          label={t('due.longLeave')}
          hint={t('due.longLeaveHint')}
          value={values.longLeaveNights}
          error={errors['longLeaveNights']}
          onChange={(longLeaveNights) => change({ longLeaveNights }, 'longLeaveNights')}
        />
        {term('returnTerm')}
        <Heading level={2}>{t('due.ladder')}</Heading>
        <TextSetting
          id={idOf('remindAt')}
          label={t('due.remindAt')}
          hint={t('due.remindAtHint')}
          value={values.remindAt}
          error={errors['remindAt']}
          onChange={(remindAt) => change({ remindAt }, 'remindAt')}
        />
        <LadderFields
          id={idOf('ladder')}
          ladder={values.ladder}
          error={errorUnder(errors, 'ladder')}
          onChange={(ladder) => change({ ladder }, 'ladder')}
        />
        <div className="d-actions">
          <Button type="submit" disabled={busy}>
            {t(busy ? 'common:state.busy' : 'common:action.save')}
          </Button>
        </div>
      </div>
      <DuePreview settings={settings} />
      {guard.asking ? <Leaving onStay={guard.stay} onLeave={guard.leave} /> : null}
    </form>
  );
}

/** The first error at a path or under it; the parts of a term and of a ladder have one place for what is wrong. */
function errorUnder(errors: Readonly<Record<string, string>>, path: string): string | undefined {
  return Object.entries(errors).find(
    ([at]) => at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`),
  )?.[1];
}

const fieldOf = (path: string): string => idOf(/^\w+/.exec(path)?.[0] ?? path);
