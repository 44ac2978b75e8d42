import { Button, Heading, InvalidFormAlert, TextInput } from '@amsterdam/design-system-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../api/problem.js';
import { saveProgressRules, zrmSettingsKeys, type RulesInForce } from '../../api/zrm-settings.js';
import type { MatrixVersions } from '../../api/zrm.js';
import { useAnnounce } from '../../ui/announcer.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Failure } from '../../ui/states.js';
import type { NameOf } from '../zrm/domain-names.js';
import { Labelled } from '../zrm/form-parts.js';
import { useLeaveGuard } from '../zrm/use-leave-guard.js';
import { Leaving } from '../zrm/zrm-dialogs.js';
import { RuleFields } from './rule-fields.js';
import { newRule, ruleOf, valuesOf, type RuleValues } from './rule-values.js';

interface RulesFormProps {
  settings: RulesInForce;
  versions: MatrixVersions;
  nameOf: NameOf;
}

/** The id of the field that a path of the service stands for. */
const idOf = (path: string): string => `zrm-rules-${path.replaceAll(/[[\].]+/g, '-')}`;

/** All rules and the term for corrections, saved as a whole. */
export function RulesForm({ settings, versions, nameOf }: RulesFormProps) {
  const { t } = useTranslation(['zrm-settings', 'common']);
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [rules, setRules] = useState<readonly RuleValues[]>(() => settings.rules.map(valuesOf));
  const [term, setTerm] = useState(String(settings.correctionTermDays));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const isUnsaved = useRef(false);
  const guard = useLeaveGuard(
    () => isUnsaved.current,
    () => Promise.resolve(false),
  );
  const changed = (path: string): void => {
    isUnsaved.current = true;
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([at]) => !at.startsWith(path))));
  };
  const replaceAll = (next: readonly RuleValues[], path: string): void => {
    setRules(next);
    changed(path);
  };
  const add = (kind: RuleValues['kind'], scope: RuleValues['scope']): void =>
    replaceAll([...rules, newRule(kind, scope, crypto.randomUUID().slice(0, 8))], 'rules');
  const reload = async (): Promise<void> => {
    isUnsaved.current = false;
    await queries.invalidateQueries({ queryKey: zrmSettingsKeys.rules });
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    setErrors({});
    try {
      const body = { rules: rules.map(ruleOf), correctionTermDays: Number(term.trim() === '' ? Number.NaN : term) };
      await saveProgressRules(settings.version, body);
      announce(t('saved'));
      await reload();
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : [];
      setErrors(Object.fromEntries(fields.map((field) => [field.path, inLanguage(field)])));
      if (fields.length === 0 || (error instanceof ApiError && error.isStale)) setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const found = Object.entries(errors);
  const prefix = t('common:error.prefix').toLowerCase();
  return (
    <form
      className="d-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {found.length === 0 ? null : (
        <InvalidFormAlert
          key={found.map(([path]) => path).join()}
          heading={t('common:error.summary')}
          headingLevel={2}
          errorCountLabel={{ singular: prefix, plural: prefix }}
          errors={found.map(([path, text]) => ({ id: `#${idOf(path)}`, label: labelled(t, path, text) }))}
        />
      )}
      {failure === undefined ? null : (
        <Failure error={failure} onRetry={() => void reload()} retryLabel={t('common:error.reload')} />
      )}
      <Heading level={2}>{t('rules.list')}</Heading>
      {rules.length === 0 ? <p className="d-note">{t('rules.none')}</p> : null}
      <ol className="d-stack">
        {rules.map((rule, index) => (
          <li key={rule.ruleId} className="d-card">
            <RuleFields
              rule={rule}
              number={index + 1}
              path={`rules[${index}]`}
              idOf={idOf}
              errorOf={(path) => errors[path]}
              versions={versions}
              nameOf={nameOf}
              onChange={(next, path) =>
                replaceAll(
                  rules.map((one, at) => (at === index ? next : one)),
                  path,
                )
              }
              onRemove={() =>
                replaceAll(
                  rules.filter((_one, at) => at !== index),
                  'rules',
                )
              }
            />
          </li>
        ))}
      </ol>
      <div className="d-actions">
        <Button type="button" variant="secondary" onClick={() => add('drop', 'client')}>
          {t('rules.addDrop')}
        </Button>
        <Button type="button" variant="secondary" onClick={() => add('stagnation', 'client')}>
          {t('rules.addStagnation')}
        </Button>
      </div>
      <Heading level={2}>{t('rules.correction')}</Heading>
      <Labelled
        id={idOf('correctionTermDays')}
        label={t('rules.correctionDays')}
        hint={t('rules.correctionHint')}
        error={errors['correctionTermDays']}
      >
        {({ describedBy, invalid }) => (
          <TextInput
            id={idOf('correctionTermDays')}
            inputMode="numeric"
            size={6}
            invalid={invalid}
            aria-describedby={describedBy}
            value={term}
            onChange={(event) => {
              setTerm(event.target.value);
              changed('correctionTermDays');
            }}
          />
        )}
      </Labelled>
      <div className="d-actions">
        <Button type="submit" disabled={busy}>
          {t(busy ? 'common:state.busy' : 'common:action.save')}
        </Button>
      </div>
      {guard.asking ? <Leaving onStay={guard.stay} onLeave={guard.leave} /> : null}
    </form>
  );
}

/** An error with the number of its rule. */
function labelled(t: (key: 'rules.number', values: { number: number }) => string, path: string, text: string): string {
  const [, index] = /^rules\[(\d+)\]/.exec(path) ?? [];
  return index === undefined ? text : `${t('rules.number', { number: Number(index) + 1 })}: ${text}`;
}
