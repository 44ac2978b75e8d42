import './calibration.css';

import { Button, Heading, InvalidFormAlert, Select } from '@amsterdam/design-system-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { calibrationKeys } from '../../api/calibration.js';
import { zrmVersionsQuery, type MatrixVersions } from '../../api/zrm.js';
import { useAnnounce } from '../../ui/announcer.js';
import { DateEntry } from '../../ui/date-entry.js';
import { today } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Failure, Loading, Ready } from '../../ui/states.js';
import { Labelled } from '../zrm/form-parts.js';
import { useLeaveGuard } from '../zrm/use-leave-guard.js';
import { Leaving } from '../zrm/zrm-dialogs.js';
import { CasesEditor } from './cases-editor.js';
import { RaterPicker } from './rater-picker.js';
import { usePlan } from './use-plan.js';

/** Plans a session: what is scored, with which version, by whom and until when. */
export function Component() {
  const { t } = useTranslation('calibration');
  const versions = useQuery(zrmVersionsQuery);
  return (
    <Page title={t('plan.title')} finding={t('plan.intro')}>
      <Ready query={versions} loading={<Loading rows={10} />}>
        {(matrix) => <PlanForm versions={matrix} />}
      </Ready>
    </Page>
  );
}

/** The element that a path of the service stands for: a case by its own key, because they can be removed. */
const idOf = (path: string): string => `calibration-${path.replaceAll(/[[\].]+/g, '-')}`;

function PlanForm({ versions }: { versions: MatrixVersions }) {
  const { t } = useTranslation(['calibration', 'common']);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const plan = usePlan(versions.current);
  const { values, change, errors } = plan;
  const guard = useLeaveGuard(plan.isUnsaved, () => Promise.resolve(false));
  const found = Object.entries(errors);
  const prefix = t('common:error.prefix').toLowerCase();
  const labelOf = (path: string): string => {
    const [, index, field] = /^cases\[(\d+)\]\.(\w+)$/.exec(path) ?? [];
    if (index !== undefined) {
      const name = field === 'title' ? t('plan.vignetteTitle') : field === 'text' ? t('plan.vignetteText') : '';
      return [t('plan.case', { number: Number(index) + 1 }), name].filter((part) => part !== '').join(', ');
    }
    if (path === 'scoreBy') return t('plan.scoreBy');
    return path === 'matrixVersion' ? t('plan.version') : t('plan.raters');
  };
  const submit = async (): Promise<void> => {
    const sessionId = await plan.send();
    if (sessionId === undefined) return;
    announce(t('plan.done'));
    await queries.invalidateQueries({ queryKey: calibrationKeys.all });
    await navigate(`/zrm/ijking/${sessionId}`);
  };
  return (
    <form
      className="d-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {found.length === 0 ? null : (
        <InvalidFormAlert
          key={found.map(([path]) => path).join()}
          heading={t('common:error.summary')}
          headingLevel={2}
          errorCountLabel={{ singular: prefix, plural: prefix }}
          errors={found.map(([path, text]) => ({ id: `#${idOf(path)}`, label: `${labelOf(path)}: ${text}` }))}
        />
      )}
      {plan.failure === undefined ? null : <Failure error={plan.failure} />}
      <div className="d-form__row d-form__row--top">
        <Labelled id={idOf('matrixVersion')} label={t('plan.version')} error={errors['matrixVersion']}>
          {({ describedBy, invalid }) => (
            <Select
              id={idOf('matrixVersion')}
              invalid={invalid}
              aria-describedby={describedBy}
              value={values.matrixVersion}
              onChange={(event) => change({ matrixVersion: event.target.value }, 'matrixVersion')}
            >
              {versions.items
                .filter(({ kind }) => kind === 'core')
                .map(({ code, name }) => (
                  <Select.Option key={code} value={code}>
                    {inLanguage(name)}
                  </Select.Option>
                ))}
            </Select>
          )}
        </Labelled>
        <Labelled id={idOf('scoreBy')} label={t('plan.scoreBy')} optional error={errors['scoreBy']}>
          {({ describedBy, invalid }) => (
            <DateEntry
              id={idOf('scoreBy')}
              value={values.scoreBy}
              min={today()}
              invalid={invalid}
              required={false}
              describedBy={describedBy}
              onChange={(scoreBy) => change({ scoreBy }, 'scoreBy')}
            />
          )}
        </Labelled>
      </div>
      <Heading level={2}>{t('plan.cases')}</Heading>
      <CasesEditor
        cases={values.cases}
        idOf={idOf}
        errorOf={(path) => errors[path]}
        onChange={(cases, path) => change({ cases }, path)}
      />
      <Heading level={2}>{t('plan.who')}</Heading>
      <RaterPicker
        chosen={values.personIds}
        error={errors['personIds']}
        onChange={(personIds) => change({ personIds }, 'personIds')}
      />
      <div className="d-actions">
        <Button type="submit" disabled={plan.busy}>
          {t(plan.busy ? 'common:state.busy' : 'plan.submit')}
        </Button>
        <Button type="button" variant="tertiary" onClick={() => void navigate('/zrm/ijking')}>
          {t('common:action.cancel')}
        </Button>
      </div>
      {guard.asking ? <Leaving onStay={guard.stay} onLeave={guard.leave} /> : null}
    </form>
  );
}
