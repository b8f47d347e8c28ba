/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * headroom-frames CONFIGURATIONS VIEW…: what frames cost in views of a window of so many configurations, as JSON.
 *
 * In each frame the selected configuration gets another micro-batch or sequence length, as dragging does. What a frame
 * costs is the edit with all that follows before GTK lays out, and the frame from before to after painting; not what
 * waits for a pause. That is in the longest turn of the main loop: the longest that input can have to wait. Then what
 * the resting window uses.
 */
#include "app/hr-application.h"
#include "model/hr-document.h"
#include "ui/hr-window.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define FRAMES 120
#define REST_MS 4000 /* longer than a draft waits to be written */
#define IDLE_MS 5000
#define ROOM_MS 16
#define MS_IN_A_SECOND 1e3
#define NS_IN_A_MS 1e6
#define US_IN_A_MS 1e3
#define SHORTEST_TOKENS 512
#define TOKENS_IN_A_STEP 128
#define MOST_SAMPLES 32

static const char *const models[] = { "meta-llama/Meta-Llama-3-8B", "Qwen/Qwen2.5-7B", "mistralai/Mistral-7B-v0.1" };

typedef enum
{
  MEASURE_CPU,
  MEASURE_WALL,
  N_MEASURES,
} Measure;

typedef enum
{
  STATE_RESTING,
  STATE_READY, /* edited and estimated */
  STATE_PAINTING,
} State;

typedef struct
{
  int n_configurations;
  GApplication *application;
  GtkWidget *window;
  HrConfiguration *configuration;
  GdkFrameClock *clock;
  char **views; /* NULL-terminated: those that are still to be looked at */
  guint n_frames;
  State state;
  gboolean opened; /* its first frame is painted */
  double began_ms[N_MEASURES];
  double frames_ms[N_MEASURES][FRAMES];
} Bench;

/* Of the main loop: when this turn began, and the longest. */
static double turn_began_ms;
static double longest_turn_ms;

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return MS_IN_A_SECOND * (double) now.tv_sec + (double) now.tv_nsec / NS_IN_A_MS;
}

static double
wall_ms (void)
{
  return (double) g_get_monotonic_time () / US_IN_A_MS;
}

static double
process_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return MS_IN_A_SECOND * (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / US_IN_A_MS;
}

static int
poll_between_turns (GPollFD *descriptors, guint n_descriptors, int timeout_ms)
{
  longest_turn_ms = MAX (longest_turn_ms, cpu_ms () - turn_began_ms);
  int n_ready = g_poll (descriptors, n_descriptors, timeout_ms);
  turn_began_ms = cpu_ms ();

  return n_ready;
}

static int
compare_ms (const void *a, const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

static void
print_frames (const char *name, double ms[FRAMES])
{
  int n_long = 0;

  for (int i = 0; i < FRAMES; i++)
    n_long += ms[i] > ROOM_MS;
  qsort (ms, FRAMES, sizeof ms[0], compare_ms);
  printf ("\"%s\": { \"median_ms\": %.1f, \"p99_ms\": %.1f, \"max_ms\": %.1f, \"over_%d_ms\": %d }, ", name,
          ms[FRAMES / 2], ms[FRAMES * 99 / 100], ms[FRAMES - 1], ROOM_MS, n_long);
}

static void rest_in_next_view (Bench *self);

static gboolean
idle_cb (gpointer user_data)
{
  static double before_ms = -1;
  Bench *self = user_data;

  if (before_ms < 0)
    {
      printf ("\"longest_turn_ms\": %.1f, ", longest_turn_ms);
      before_ms = process_ms ();
      g_timeout_add (IDLE_MS, idle_cb, self);
      return G_SOURCE_REMOVE;
    }
  printf ("\"idle_5_s_ms\": %.1f }%s\n", process_ms () - before_ms, self->views[1] != NULL ? "," : "");
  before_ms = -1;
  self->views++;
  rest_in_next_view (self);

  return G_SOURCE_REMOVE;
}

/* Scrubs there and back, first one member, then the other. */
static void
change (Bench *self)
{
  guint half = FRAMES / 2;
  guint at = self->n_frames % half;
  guint value = 1 + (at < MOST_SAMPLES ? at : 2 * MOST_SAMPLES - at - 1);

  if (self->n_frames < half)
    g_object_set (self->configuration, "batch-micro-batch-size", (guint64) value, NULL);
  else
    g_object_set (self->configuration, "batch-sequence-length", (guint64) (SHORTEST_TOKENS + TOKENS_IN_A_STEP * value),
                  NULL);
}

static void
read_clocks (double ms[N_MEASURES])
{
  ms[MEASURE_CPU] = cpu_ms ();
  ms[MEASURE_WALL] = wall_ms ();
}

/* Adds the time since @self->began_ms to the frame. */
static void
add_part (Bench *self)
{
  double now_ms[N_MEASURES];

  read_clocks (now_ms);
  for (int i = 0; i < N_MEASURES; i++)
    self->frames_ms[i][self->n_frames] += now_ms[i] - self->began_ms[i];
}

/* All that shows the edit knows of it: a frame can be made. */
static gboolean
ready_cb (gpointer user_data)
{
  Bench *self = user_data;

  add_part (self);
  self->state = STATE_READY;
  gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_PAINT);

  return G_SOURCE_REMOVE;
}

static gboolean
edit_cb (gpointer user_data)
{
  Bench *self = user_data;

  for (int i = 0; i < N_MEASURES; i++)
    self->frames_ms[i][self->n_frames] = 0;
  read_clocks (self->began_ms);
  change (self);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE + 9, ready_cb, self, NULL);

  return G_SOURCE_REMOVE;
}

static void
before_paint_cb (Bench *self)
{
  if (self->state != STATE_READY)
    return;

  self->state = STATE_PAINTING;
  read_clocks (self->began_ms);
}

static void
after_paint_cb (Bench *self)
{
  if (!self->opened)
    printf ("  \"first_frame_cpu_ms\": %.1f,\n", process_ms ());
  self->opened = TRUE;
  if (self->state != STATE_PAINTING)
    return;

  self->state = STATE_RESTING;
  add_part (self);
  if (++self->n_frames < FRAMES)
    {
      g_idle_add_full (G_PRIORITY_DEFAULT, edit_cb, self, NULL);
      return;
    }

  printf ("  \"%s\": { ", self->views[0]);
  print_frames ("cpu", self->frames_ms[MEASURE_CPU]);
  print_frames ("wall", self->frames_ms[MEASURE_WALL]);
  g_timeout_add (REST_MS, idle_cb, self);
}

static gboolean
begin_cb (gpointer user_data)
{
  Bench *self = user_data;

  longest_turn_ms = 0;
  self->n_frames = 0;

  return edit_cb (self);
}

static void
rest_in_next_view (Bench *self)
{
  if (self->views[0] == NULL)
    {
      g_application_quit (self->application);
      return;
    }
  g_object_set (self->window, "view", self->views[0], NULL);
  g_timeout_add (REST_MS, begin_cb, self);
}

static void
map_cb (Bench *self)
{
  self->clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect_swapped (self->clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  rest_in_next_view (self);
}

static HrDocument *
create_document (int n_configurations)
{
  g_autoptr (HrProjectData) data = hr_project_data_new ("Frames");
  HrDocument *document = hr_document_new_from_data (data);
  HrProject *project = hr_document_get_project (document);

  for (int i = 0; i < n_configurations; i++)
    {
      HrMethod method = (HrMethod) (i % (HR_METHOD_QDORA + 1));
      HrConfiguration *configuration = hr_project_add (project, G_MAXUINT, HR_TASK_TRAIN, method, NULL);

      g_object_set (configuration, "model-id", models[(guint) i % G_N_ELEMENTS (models)], NULL);
    }

  return document;
}

static void
startup_cb (GApplication *application, gpointer user_data)
{
  Bench *self = user_data;
  g_autoptr (HrDocument) document = create_document (self->n_configurations);

  self->configuration = hr_project_get_configuration (hr_document_get_project (document), 0);
  self->window = hr_window_new (GTK_APPLICATION (application), document);
  g_signal_connect_swapped (self->window, "map", G_CALLBACK (map_cb), self);
}

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application = hr_application_new ();
  Bench bench = { .application = application };

  g_return_val_if_fail (argc > 2, 2);

  bench.views = argv + 2;
  bench.n_configurations = atoi (argv[1]);
  g_main_context_set_poll_func (NULL, poll_between_turns);
  g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  g_signal_connect_after (application, "startup", G_CALLBACK (startup_cb), &bench);
  printf ("{\n");
  int status = g_application_run (application, 0, NULL);
  printf ("}\n");

  return status;
}
