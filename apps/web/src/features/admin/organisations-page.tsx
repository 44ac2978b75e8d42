import './admin.css';

import { Button, Heading } from '@amsterdam/design-system-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';

import { organisationKindLabels, placeKindLabels } from '#contracts/code-labels.js';

import {
  byNumberInName,
  organisationQuery,
  organisationsQuery,
  type ClusterTree,
  type LocationTree,
  type OrganisationTree,
  type PlaceSummary,
} from '../../api/places.js';
import { ADMIN_PAGES } from '../../app/navigation.js';
import { useCan } from '../../app/session.js';
import { formatShortDate } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { inLanguage } from '../../ui/problem-text.js';
import { Empty, Ready } from '../../ui/states.js';
import { useFilters } from '../../ui/use-filters.js';
import { ZwaarteLabel } from '../../ui/zwaarte.js';
import { AdminTabs } from './admin-tabs.js';
import { StructurePanel, type StructureTask } from './structure-panel.js';

const FILTERS = ['organisatie'] as const;

/** Organisations with their locations, clusters and places; each can be changed where it stands. */
export function Component() {
  const { t } = useTranslation('admin');
  const can = useCan();
  const [filters] = useFilters(FILTERS);
  const organisations = useQuery(organisationsQuery);
  const [task, setTask] = useState<StructureTask>();
  const first = ADMIN_PAGES.find((page) => can(page.needs));
  if (!can('organisations:write') && first !== undefined) return <Navigate to={first.to} replace />;
  return (
    <Page
      title={t('organisations.title')}
      actions={
        <Button type="button" onClick={() => setTask({ of: 'organisation' })}>
          {t('organisations.add')}
        </Button>
      }
    >
      <AdminTabs />
      <Ready query={organisations}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('organisations.empty')}>
              <p>{t('organisations.emptyHelp')}</p>
            </Empty>
          ) : (
            <div className="d-beside">
              <nav className="d-card d-beside__list" aria-label={t('organisations.list')}>
                <ul>
                  {items.map(({ organisationId, name, kind, closedFrom }) => (
                    <li key={organisationId}>
                      <Link
                        to={`?organisatie=${organisationId}`}
                        aria-current={organisationId === filters.organisatie ? 'true' : undefined}
                      >
                        {name}
                        <span className="d-muted d-small">
                          {inLanguage(organisationKindLabels[kind])}
                          {closedFrom === undefined
                            ? ''
                            : `. ${t('closedFrom', { date: formatShortDate(closedFrom) })}`}
                        </span>
                      </Link>
                    </li>
                  ))}
                </ul>
              </nav>
              {filters.organisatie === undefined ? (
                <p className="d-muted">{t('organisations.choose')}</p>
              ) : (
                <Tree organisationId={filters.organisatie} onTask={setTask} />
              )}
            </div>
          )
        }
      </Ready>
      {task === undefined ? null : <StructurePanel task={task} onClose={() => setTask(undefined)} />}
    </Page>
  );
}

type OnTask = (task: StructureTask) => void;

function Tree({ organisationId, onTask }: { organisationId: string; onTask: OnTask }) {
  const query = useQuery(organisationQuery(organisationId));
  return <Ready query={query}>{(organisation) => <Organisation organisation={organisation} onTask={onTask} />}</Ready>;
}

function Organisation({ organisation, onTask }: { organisation: OrganisationTree; onTask: OnTask }) {
  const { t } = useTranslation('admin');
  const isInstitution = organisation.kind === 'institution';
  return (
    <section className="d-stack" aria-labelledby="organisation">
      <div className="d-node__head">
        <Heading level={2} id="organisation">
          {organisation.name}
        </Heading>
        <NodeActions
          name={organisation.name}
          onEdit={() => onTask({ of: 'organisation', organisation })}
          {...(isInstitution
            ? { addLabel: t('organisations.addLocation'), onAdd: () => onTask({ of: 'location', organisation }) }
            : {})}
        />
      </div>
      {isInstitution && organisation.locations.length === 0 ? (
        <p className="d-muted">{t('organisations.noLocations')}</p>
      ) : null}
      {organisation.locations.map((location) => (
        <Location key={location.locationId} organisation={organisation} location={location} onTask={onTask} />
      ))}
    </section>
  );
}

interface LocationProps {
  organisation: OrganisationTree;
  location: LocationTree;
  onTask: OnTask;
}

function Location({ organisation, location, onTask }: LocationProps) {
  const { t } = useTranslation('admin');
  const { address } = location;
  return (
    <section className="d-card d-stack" aria-label={location.name}>
      <div className="d-node__head">
        <Heading level={3}>{location.name}</Heading>
        <NodeActions
          name={location.name}
          onEdit={() => onTask({ of: 'location', organisation, location })}
          addLabel={t('organisations.addCluster')}
          onAdd={() => onTask({ of: 'cluster', organisation, location })}
        />
      </div>
      <p className="d-muted d-small">
        {[address?.street, address?.houseNumber, address?.postcode, address?.city].filter(Boolean).join(' ')}
        <Closed date={location.closedFrom} />
      </p>
      {location.clusters.length === 0 ? <p className="d-muted">{t('organisations.noClusters')}</p> : null}
      {location.clusters.map((cluster) => (
        <Cluster
          key={cluster.clusterId}
          organisation={organisation}
          location={location}
          cluster={cluster}
          onTask={onTask}
        />
      ))}
    </section>
  );
}

function Cluster({ organisation, location, cluster, onTask }: LocationProps & { cluster: ClusterTree }) {
  const { t } = useTranslation('admin');
  return (
    <details className="d-node" open={cluster.places.length <= 4}>
      <summary>
        <strong>{cluster.name}</strong>{' '}
        <span className="d-muted d-small">
          {t('organisations.places', { count: cluster.places.length })}
          {' · '}
          {cluster.representativeName === undefined
            ? t('organisations.noRepresentative')
            : t('organisations.representative', { name: cluster.representativeName })}
          <Closed date={cluster.closedFrom} />
        </span>
      </summary>
      <NodeActions
        name={cluster.name}
        onEdit={() => onTask({ of: 'cluster', organisation, location, cluster })}
        addLabel={t('organisations.addPlace')}
        onAdd={() => onTask({ of: 'place', organisation, cluster })}
      />
      {cluster.places.length === 0 ? <p className="d-muted">{t('organisations.noPlaces')}</p> : null}
      <ul className="d-node__places">
        {cluster.places
          .toSorted((a, b) => byNumberInName(a.name, b.name))
          .map((place) => (
            <PlaceLine
              key={place.placeId}
              place={place}
              onEdit={() => onTask({ of: 'place', organisation, cluster, place })}
            />
          ))}
      </ul>
    </details>
  );
}

function PlaceLine({ place, onEdit }: { place: PlaceSummary; onEdit: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  return (
    <li>
      <span>{place.name}</span>
      <span className="d-muted d-small">
        {inLanguage(placeKindLabels[place.kind])} · <ZwaarteLabel zwaarte={place.zwaarte} />
        <Closed date={place.closedFrom} />
      </span>
      <button
        type="button"
        className="d-link-button"
        aria-label={t('organisations.editOf', { name: place.name })}
        onClick={onEdit}
      >
        {t('common:action.edit')}
      </button>
    </li>
  );
}

function Closed({ date }: { date: string | undefined }) {
  const { t } = useTranslation('admin');
  return date === undefined ? null : <span> · {t('closedFrom', { date: formatShortDate(date) })}</span>;
}

interface NodeActionsProps {
  name: string;
  onEdit: () => void;
  addLabel?: string;
  onAdd?: () => void;
}

function NodeActions({ name, onEdit, addLabel, onAdd }: NodeActionsProps) {
  const { t } = useTranslation(['admin', 'common']);
  return (
    <div className="d-actions d-row-actions">
      <Button type="button" variant="tertiary" aria-label={t('organisations.editOf', { name })} onClick={onEdit}>
        {t('common:action.edit')}
      </Button>
      {onAdd === undefined || addLabel === undefined ? null : (
        <Button
          type="button"
          variant="tertiary"
          aria-label={t('organisations.addTo', { action: addLabel, name })}
          onClick={onAdd}
        >
          {addLabel}
        </Button>
      )}
    </div>
  );
}
