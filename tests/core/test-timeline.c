/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hr-timeline.h"

#include "catalog/hr-catalog.h"
#include "core/hr-place.h"
#include "core/hr-recipe.h"
#include "core/hr-simulation.h"

#include <glib.h>
#include <string.h>

/* More than any GPU or model: a component that went below nothing. */
#define ABSURD_BYTES (1ull << 55)

/* Stands behind the room that a timeline may write to. */
#define CANARY 0xA5

typedef void (*Change) (HrJob *job);

static HrTimeline
new_timeline (uint32_t capacity)
{
  HrMoment *moments = g_new (HrMoment, capacity + 1);

  memset (&moments[capacity], CANARY, sizeof *moments);
  return (HrTimeline){ .moments = moments, .capacity = capacity };
}

static void
free_timeline (HrTimeline *timeline)
{
  const guint8 *behind = (const guint8 *) &timeline->moments[timeline->capacity];

  for (gsize i = 0; i < sizeof (HrMoment); i++)
    g_assert_cmpuint (behind[i], ==, CANARY);
  g_free (timeline->moments);
}

/* Index of the phase of @estimate to which @moment belongs, at @from or after it. */
static uint32_t
find_phase (const HrEstimate *estimate, const HrMoment *moment, uint32_t from)
{
  while (from < estimate->n_phases
         && (estimate->phases[from].kind != moment->kind || estimate->phases[from].step != moment->step))
    from++;
  g_assert_cmpuint (from, <, estimate->n_phases);
  return from;
}

/* The phases one after the other, each with the maximum that the estimate gives it, none over the peak. */
static void
assert_phases (const HrTimeline *timeline, const HrEstimate *estimate)
{
  uint64_t largest[HR_MAX_PHASES] = { 0 };
  uint32_t phase = 0;

  for (uint32_t i = 0; i < timeline->n_moments; i++)
    {
      const HrMoment *moment = &timeline->moments[i];

      for (int c = 0; c < HR_N_COMPONENTS; c++)
        g_assert_cmpuint (moment->components_bytes[c], <, ABSURD_BYTES);
      phase = find_phase (estimate, moment, phase);
      largest[phase] = MAX (largest[phase], hr_moment_total_bytes (moment));
    }
  for (uint32_t i = 0; i < estimate->n_phases; i++)
    g_assert_cmpuint (largest[i], ==, estimate->phases[i].total_bytes);
}

static void
assert_peak (const HrTimeline *timeline, const HrEstimate *estimate)
{
  const HrMoment *peak = &timeline->moments[hr_timeline_peak (timeline)];
  const HrPhase *phase = &estimate->phases[estimate->peak.phase];

  g_assert_cmpint (peak->kind, ==, phase->kind);
  g_assert_cmpuint (peak->step, ==, phase->step);
  for (int c = 0; c < HR_N_COMPONENTS; c++)
    g_assert_cmpuint (peak->components_bytes[c], ==, estimate->components_bytes[c]);
}

/* Down the layers and up again, two moments each; with room for fewer, in equal steps to the last. */
static void
assert_layers (const HrTimeline *timeline, uint32_t n_layers)
{
  const HrMoment *moments = timeline->moments;
  uint32_t n_of_layers = 0;

  for (uint32_t i = 0; i < timeline->n_moments; i++)
    {
      n_of_layers += moments[i].layer >= 0;
      g_assert_cmpint (moments[i].layer, <, (int) n_layers);
      if (i == 0 || moments[i].layer < 0 || moments[i - 1].layer < 0)
        continue;

      int distance = moments[i].layer - moments[i - 1].layer;
      g_assert_cmpint (moments[i].kind == HR_PHASE_FORWARD ? distance : -distance, >=, 0);
      g_assert_cmpint (ABS (distance), <, 2 * (int) timeline->layers_per_pair);
    }
  g_assert_cmpuint (n_of_layers, ==, 8 * ((n_layers + timeline->layers_per_pair - 1) / timeline->layers_per_pair));
}

static void
check (const HrArchitecture *architecture, const HrJob *job, const HrGpu *gpu)
{
  uint32_t enough = hr_timeline_capacity (architecture);
  const uint32_t capacities[] = { enough, (enough + 2 * HR_TIMELINE_MIN_MOMENTS) / 3 };
  HrEstimate estimate;

  hr_estimate (architecture, job, gpu, &estimate);
  for (gsize i = 0; i < G_N_ELEMENTS (capacities); i++)
    {
      HrTimeline timeline = new_timeline (capacities[i]);

      g_assert_true (hr_timeline (architecture, job, gpu, &timeline));
      g_assert_cmpuint (timeline.n_moments, >, 0);
      g_assert_cmpuint (timeline.n_moments, <=, timeline.capacity);
      assert_phases (&timeline, &estimate);
      assert_peak (&timeline, &estimate);
      if (job->task == HR_TASK_TRAIN && job->parallel.pipeline == 1)
        assert_layers (&timeline, architecture->num_hidden_layers + architecture->num_decoder_layers);
      if (i == 0)
        g_assert_cmpuint (timeline.layers_per_pair, ==, 1);
      free_timeline (&timeline);
    }
}

/* Of the operators from @first on that run in one go: the largest. Returns: the moment after them. */
static uint32_t
find_largest (const HrTimeline *timeline, uint32_t first, uint32_t *largest)
{
  const HrMoment *moments = timeline->moments;
  uint32_t i = first;

  *largest = first;
  for (; i < timeline->n_moments && moments[i].place >= 0 && moments[i].layer == moments[first].layer
         && moments[i].kind == moments[first].kind;
       i++)
    {
      if (hr_moment_total_bytes (&moments[i]) > hr_moment_total_bytes (&moments[*largest]))
        *largest = i;
    }
  return i;
}

/* With every operator told: the moment of each layer is that of its largest operator, all else is the same. */
static void
check_operators (const HrArchitecture *architecture, const HrJob *job, uint32_t room)
{
  HrTimeline coarse = new_timeline (hr_timeline_capacity (architecture));
  HrTimeline fine = new_timeline (hr_timeline_capacity (architecture) + room);
  HrEstimate estimate;
  uint32_t at = 0;

  fine.operators = g_new (HrOperators, 1);
  fine.operator_room = room;
  for (int i = 0; i < HR_MAX_PHASES; i++)
    fine.ranges[i].end_layer = INT32_MAX;
  hr_estimate (architecture, job, NULL, &estimate);
  g_assert_true (hr_timeline (architecture, job, NULL, &coarse));
  g_assert_true (hr_timeline (architecture, job, NULL, &fine));
  assert_phases (&fine, &estimate);
  assert_peak (&fine, &estimate);

  for (uint32_t i = 0; i < coarse.n_moments; i++)
    {
      uint32_t same = at, next = at + 1;

      g_assert_cmpuint (at, <, fine.n_moments);
      if (fine.moments[at].place >= 0)
        next = find_largest (&fine, at, &same);
      g_assert_cmpint (fine.moments[same].layer, ==, coarse.moments[i].layer);
      g_assert_cmpint (fine.moments[same].kind, ==, coarse.moments[i].kind);
      for (int c = 0; c < HR_N_COMPONENTS; c++)
        g_assert_cmpuint (fine.moments[same].components_bytes[c], ==, coarse.moments[i].components_bytes[c]);
      at = next;
    }
  g_assert_cmpuint (at, ==, fine.n_moments);
  g_free (fine.operators);
  free_timeline (&coarse);
  free_timeline (&fine);
}

static void
change_nothing (HrJob *job)
{
  (void) job;
}

static void
checkpoint (HrJob *job)
{
  job->activations.checkpointing = HR_CHECKPOINTING_FULL;
}

static void
keep_all (HrJob *job)
{
  job->activations.checkpointing = HR_CHECKPOINTING_NONE;
  job->activations.attention = HR_ATTENTION_EAGER;
}

static void
accumulate (HrJob *job)
{
  job->batch.accumulation_steps = 8;
}

static void
shard (HrJob *job)
{
  job->parallel.gpus = 8;
  job->parallel.data_sharding = HR_SHARDING_FSDP;
}

static void
pipeline (HrJob *job)
{
  job->parallel.gpus = 4;
  job->parallel.pipeline = 4;
  job->batch.accumulation_steps = 8;
}

static void
test_training (void)
{
  static const HrMethod methods[] = { HR_METHOD_FULL, HR_METHOD_LAST_LAYERS, HR_METHOD_LORA, HR_METHOD_QLORA };
  static const Change changes[] = { change_nothing, checkpoint, keep_all, accumulate, shard, pipeline };
  const HrGpu *gpu = &hr_catalog_find_gpu ("t4")->gpu;
  size_t n_models;
  const HrCatalogModel *models = hr_catalog_models (&n_models);

  for (size_t i = 0; i < n_models; i++)
    for (gsize m = 0; m < G_N_ELEMENTS (methods); m++)
      for (gsize c = 0; c < G_N_ELEMENTS (changes); c++)
        {
          HrJob job;

          hr_job_init (&job);
          hr_job_apply_template (&job, HR_TASK_TRAIN, methods[m]);
          changes[c](&job);
          check (&models[i].architecture, &job, c % 2 == 0 ? gpu : NULL);
        }
}

static void
test_operators (void)
{
  static const char *const models[]
      = { "meta-llama/Meta-Llama-3-8B", "mistralai/Mixtral-8x7B-v0.1", "google/gemma-2-9b", "openai-community/gpt2" };
  static const Change changes[] = { change_nothing, checkpoint, keep_all, accumulate, shard, pipeline };

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    for (gsize c = 0; c < G_N_ELEMENTS (changes); c++)
      for (int method = HR_METHOD_FULL; method <= HR_METHOD_QLORA; method++)
        {
          const HrCatalogModel *model = hr_catalog_find_model (models[i]);
          HrJob job;

          g_assert_nonnull (model);
          hr_job_init (&job);
          hr_job_apply_template (&job, HR_TASK_TRAIN, (HrMethod) method);
          changes[c](&job);
          check_operators (&model->architecture, &job, 65536);
          check_operators (&model->architecture, &job, 100);
        }
}

/* Layer 2 alone, backward in step 2, where it is checkpointed: first it runs again, then back to its first norm. */
static void
test_operators_of_a_layer (void)
{
  const HrArchitecture *architecture = &hr_catalog_find_model ("meta-llama/Meta-Llama-3-8B")->architecture;
  HrTimeline timeline = new_timeline (hr_timeline_capacity (architecture) + 512);
  bool seen[256] = { false }, back = false;
  HrEstimate estimate;
  HrJob job;

  hr_job_init (&job);
  checkpoint (&job);
  hr_estimate (architecture, &job, NULL, &estimate);
  timeline.operators = g_new (HrOperators, 1);
  timeline.operator_room = 512;
  for (uint32_t i = 0; i < estimate.n_phases; i++)
    if (estimate.phases[i].kind == HR_PHASE_BACKWARD && estimate.phases[i].step == 2)
      timeline.ranges[i] = (HrTimelineRange){ 2, 3 };
  g_assert_true (hr_timeline (architecture, &job, NULL, &timeline));
  for (uint32_t i = 0; i < timeline.n_moments; i++)
    {
      const HrMoment *moment = &timeline.moments[i];

      if (moment->place < 0)
        continue;
      g_assert_cmpint (moment->layer, ==, 2);
      g_assert_cmpint (moment->kind, ==, HR_PHASE_BACKWARD);
      g_assert_cmpuint (moment->step, ==, 2);
      g_assert_false (back && (moment->place & HR_PLACE_BACKWARD) == 0);
      back = (moment->place & HR_PLACE_BACKWARD) != 0 && (moment->place & HR_PLACE_MASK) != HR_PLACE_STREAM;
      seen[moment->place] = true;
    }
  g_assert_true (seen[HR_PLACE_ROLE + HR_ROLE_DOWN] && seen[(HR_PLACE_ROLE + HR_ROLE_DOWN) | HR_PLACE_BACKWARD]);
  g_assert_true (seen[HR_PLACE_ROLE + HR_ROLE_Q] && seen[(HR_PLACE_ROLE + HR_ROLE_Q) | HR_PLACE_BACKWARD]);
  g_assert_true (seen[HR_PLACE_ATTENTION | HR_PLACE_BACKWARD]);
  g_free (timeline.operators);
  free_timeline (&timeline);
}

static void
test_inference (void)
{
  size_t n_models;
  const HrCatalogModel *models = hr_catalog_models (&n_models);

  for (size_t i = 0; i < n_models; i++)
    for (int load_only = 0; load_only <= 1; load_only++)
      {
        HrJob job;

        hr_job_init (&job);
        hr_job_apply_template (&job, HR_TASK_INFER, HR_METHOD_FULL);
        job.inference.load_only = load_only;
        check (&models[i].architecture, &job, NULL);
      }
}

/* In Llama-3-8B, full: activations grow layer by layer forward and shrink backward; states stay from the first
 * optimizer step on. */
static void
test_shape (void)
{
  const HrArchitecture *architecture = &hr_catalog_find_model ("meta-llama/Meta-Llama-3-8B")->architecture;
  HrTimeline timeline = new_timeline (hr_timeline_capacity (architecture));
  uint64_t before = 0;
  HrJob job;

  hr_job_init (&job);
  keep_all (&job);
  g_assert_true (hr_timeline (architecture, &job, NULL, &timeline));
  for (uint32_t i = 1; i < timeline.n_moments; i++)
    {
      const HrMoment *moment = &timeline.moments[i];
      uint64_t kept = moment->components_bytes[HR_COMPONENT_ACTIVATIONS];
      bool stays = moment->layer >= 0 && moment[-1].layer == moment->layer;

      g_assert_cmpint (moment->components_bytes[HR_COMPONENT_OPTIMIZER] > 0, ==,
                       moment->step == 2 || moment->kind == HR_PHASE_OPTIMIZER_STEP || moment->kind == HR_PHASE_IDLE);
      if (!stays)
        continue;
      if (moment->kind == HR_PHASE_FORWARD && moment->layer > 0)
        g_assert_cmpuint (kept, >, before);
      if (moment->kind == HR_PHASE_BACKWARD && moment->layer < (int32_t) architecture->num_hidden_layers - 1)
        g_assert_cmpuint (kept, <, before);
      before = kept;
    }
  free_timeline (&timeline);
}

/* All layers in one pair at least. */
static void
test_least_room (void)
{
  const HrArchitecture *architecture = &hr_catalog_find_model ("meta-llama/Meta-Llama-3-8B")->architecture;
  HrTimeline timeline = new_timeline (HR_TIMELINE_MIN_MOMENTS);
  HrEstimate estimate;
  HrJob job;

  hr_job_init (&job);
  hr_estimate (architecture, &job, NULL, &estimate);
  g_assert_true (hr_timeline (architecture, &job, NULL, &timeline));
  g_assert_cmpuint (timeline.layers_per_pair, ==, architecture->num_hidden_layers);
  assert_phases (&timeline, &estimate);
  assert_peak (&timeline, &estimate);
  free_timeline (&timeline);
}

static void
test_too_small (void)
{
  const HrArchitecture *architecture = &hr_catalog_find_model ("meta-llama/Meta-Llama-3-8B")->architecture;
  HrTimeline timeline = new_timeline (HR_TIMELINE_MIN_MOMENTS - 1);
  HrJob job;

  hr_job_init (&job);
  timeline.n_moments = 1;
  g_assert_false (hr_timeline (architecture, &job, NULL, &timeline));
  g_assert_cmpuint (timeline.n_moments, ==, 0);
  free_timeline (&timeline);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/timeline/training", test_training);
  g_test_add_func ("/core/timeline/operators", test_operators);
  g_test_add_func ("/core/timeline/operators-of-a-layer", test_operators_of_a_layer);
  g_test_add_func ("/core/timeline/inference", test_inference);
  g_test_add_func ("/core/timeline/shape", test_shape);
  g_test_add_func ("/core/timeline/least-room", test_least_room);
  g_test_add_func ("/core/timeline/too-small", test_too_small);
  return g_test_run ();
}
